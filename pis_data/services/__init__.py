"""What joins database and storage: import, doctor, demo, migrations."""
