"""Calls of the audit log."""

from __future__ import annotations

from hypothesis import strategies as st

from pis_data.queries.audit import AuditEntry
from pis_data.schema import AuditAction

from .. import values as v
from ..rows import columns_of
from .arguments import FAR_OFF, LONG_AGO, batches, flags, sizes, user
from .call import Calls, call, drained, pages, patch

_actions = st.sampled_from([AuditAction.CREATE, AuditAction.LOGIN, "Create", "🙂", ""])
_resources = st.sampled_from(["album", "Album", "album ", "照片"])
_secrets = st.dictionaries(st.sampled_from(["password", "x", "upload_token"]), v.documents, max_size=2)
_rest = {
    **columns_of("audit_logs", AuditEntry.__annotations__, without=("action", "resource_type", "user_id")),
    "resource_id": st.sampled_from([None, "1", 1, "", "not there"]),
    "changes": st.one_of(v.objects, _secrets),
    "metadata": st.one_of(v.objects, _secrets),
    "error_message": st.sampled_from(["token=abc", "mysql://u:secret@h/d", "x\0y", "\ud800", "y" * 2000]),
}
_filters = {
    "user_id": user, "action": _actions, "resource_type": _resources, "since": v.moments,
    "resource_id": st.sampled_from(["1", 1]), "until": v.moments, "search": v.plain_texts,
    "status": st.sampled_from(["success", "failed", "bogus"]),
}  # fmt: skip

CALLS: Calls = {
    "record": call(patch(_rest), action_=_actions, resource_type_=_resources, user_id=user),
    "list": pages(limit_=sizes, total=flags, **_filters),
    "export": drained(batch_=batches, **_filters),
    # the moments of entries made here are of this run
    "stats": call(
        st.sampled_from([1, 7, 365, 0]), tz=v.zones, now_=st.one_of(v.times, st.just(FAR_OFF), v.moments)
    ),
    "purge": call(st.one_of(st.just(LONG_AGO), v.moments), batch=batches),
}
