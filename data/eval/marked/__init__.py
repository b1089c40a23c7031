"""Documents with marks (`source/*.txt` of a set) and what is made of them. The command is `../marked.py`."""
