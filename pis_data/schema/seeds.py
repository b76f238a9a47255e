"""The rows that a new database starts with: settings, permissions, and what each role may do.

No accounts: one that is known beforehand could be claimed by anyone. Ids are fixed (a UUIDv5 of table and
key), so that the same row is the same row in every database.

These rows are the first release's, and the revision that inserts them reads them here: do not change
them. A later release that needs others brings them in a revision, and in a constant, of its own.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from pis_data.schema.documents import JSON_NULL

_NAMESPACE: Final = UUID("5b0c2b0e-7a52-5d0b-9f4e-0d1f6f0a6c11")


def seed_id(table: str, key: str) -> UUID:
    """The fixed id of the seed row of ``table`` that ``key`` names."""
    return uuid5(_NAMESPACE, f"{table}/{key}")


def _setting(category: str, key: str, value: Any, description: str, *, public: bool = True) -> dict[str, Any]:
    return {
        "id": seed_id("system_settings", key),
        "key": key,
        "value": value,
        "category": category,
        "description": description,
        "is_public": public,
    }


#: PIS's 22 settings, and the four that its interface writes but that nobody seeded (so that they were lost).
SETTINGS: Final[tuple[dict[str, Any], ...]] = (
    _setting("brand", "brand_name", "PIS Photography", "品牌名称"),
    _setting("brand", "brand_tagline", "让每个瞬间都值得珍藏", "品牌标语"),
    _setting("brand", "brand_logo", JSON_NULL, "品牌标志"),
    _setting("brand", "brand_favicon", JSON_NULL, "网站图标"),
    _setting("brand", "logo_url", JSON_NULL, "上传的品牌标志的地址"),
    _setting("brand", "favicon_url", JSON_NULL, "上传的网站图标的地址"),
    _setting("brand", "copyright_text", "", "版权文字"),
    _setting("brand", "icp_number", "", "ICP 备案号"),
    _setting("brand", "police_number", "", "公安备案号"),
    _setting("site", "site_title", "PIS 私有化照片分享", "网站标题"),
    _setting("site", "site_description", "面向摄影师的私有化照片即时分享系统", "网站描述"),
    _setting("site", "site_keywords", "摄影,照片分享,相册,私有化部署", "网站关键词"),
    _setting("feature", "allow_public_home", True, "是否开放公开首页", public=False),
    _setting("feature", "default_watermark_enabled", False, "新相册默认启用水印", public=False),
    _setting("feature", "default_allow_download", True, "新相册默认允许下载", public=False),
    _setting("feature", "default_show_exif", True, "新相册默认显示拍摄参数", public=False),
    _setting("feature", "polling_interval", 3000, "页面轮询间隔(毫秒)", public=False),
    _setting("social", "social_wechat_qrcode", JSON_NULL, "微信二维码"),
    _setting("social", "wechat_qrcode_url", JSON_NULL, "上传的微信二维码的地址"),
    _setting("social", "social_weibo", "", "微博"),
    _setting("social", "social_instagram", "", "Instagram"),
    _setting("social", "social_email", "", "联系邮箱"),
    _setting("social", "social_phone", "", "联系电话"),
    _setting("theme", "theme_mode", "system", "主题模式:跟随系统、浅色或深色"),
    _setting("theme", "theme_primary_color", "#D4AF37", "主色调"),
    _setting("theme", "theme_border_radius", JSON_NULL, "圆角大小"),
)

_PERMISSIONS: Final = {
    "album:view": ("查看相册", "浏览相册列表与详情"),
    "album:create": ("创建相册", "新建相册"),
    "album:edit": ("编辑相册", "修改相册的资料与设置"),
    "album:delete": ("删除相册", "把相册移入回收站"),
    "album:publish": ("发布相册", "设置相册是否公开与直播"),
    "album:share": ("分享相册", "生成分享链接、海报与二维码"),
    "photo:view": ("查看照片", "浏览照片及其拍摄参数"),
    "photo:upload": ("上传照片", "向相册上传照片"),
    "photo:edit": ("编辑照片", "旋转、排序、分组与选片"),
    "photo:delete": ("删除照片", "把照片移入回收站或彻底删除"),
    "photo:download": ("下载照片", "下载照片原图"),
    "photo:retouch": ("修图", "领取修图任务并上传成片"),
    "customer:view": ("查看客户", "浏览客户资料"),
    "customer:create": ("创建客户", "新建客户资料"),
    "customer:edit": ("编辑客户", "修改客户资料及其相册"),
    "customer:delete": ("删除客户", "删除客户资料"),
    "customer:notify": ("通知客户", "向客户发送通知"),
    "analytics:view": ("查看统计", "浏览访问与下载统计"),
    "analytics:export": ("导出统计", "导出统计数据"),
    "system:settings": ("系统设置", "修改系统设置"),
    "system:upgrade": ("系统升级", "执行升级与回滚"),
    "system:users": ("用户管理", "管理后台账号"),
    "system:permissions": ("权限管理", "管理角色与用户的权限"),
    "system:audit": ("审计日志", "查看与导出操作日志"),
    "system:backup": ("数据备份", "导出与恢复数据"),
}

PERMISSIONS: Final[tuple[dict[str, Any], ...]] = tuple(
    {
        "id": seed_id("permissions", code),
        "code": code,
        "name": name,
        "description": description,
        "category": code.partition(":")[0],
        "is_system": True,
    }
    for code, (name, description) in _PERMISSIONS.items()
)

_ROLES: Final = {
    "admin": tuple(_PERMISSIONS),
    "photographer": (
        *("album:view", "album:create", "album:edit", "album:publish", "album:share"),
        *("photo:view", "photo:upload", "photo:edit", "photo:delete", "photo:download"),
        *("customer:view", "customer:create", "customer:edit", "customer:notify", "analytics:view"),
    ),
    "retoucher": ("album:view", "photo:view", "photo:edit", "photo:retouch", "photo:download"),
    "viewer": ("album:view", "photo:view", "analytics:view"),
}

ROLE_PERMISSIONS: Final[tuple[dict[str, Any], ...]] = tuple(
    {
        "id": seed_id("role_permissions", f"{role}/{code}"),
        "role": role,
        "permission_id": seed_id("permissions", code),
    }
    for role, codes in _ROLES.items()
    for code in codes
)

#: Table name to its rows, parents before children; rows of one table have the same keys.
SEEDS: Final = {
    "system_settings": SETTINGS,
    "permissions": PERMISSIONS,
    "role_permissions": ROLE_PERMISSIONS,
}
