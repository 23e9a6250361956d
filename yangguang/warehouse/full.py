"""A full disk, whoever meets it first: the system, DuckDB, SQLite or PostgreSQL."""

import errno

SENTENCE = "磁盘空间不足，这次没有保存任何内容，原有内容不受影响。请通知运行维护人员腾出空间，然后再做一次"
_CODES = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_WORDS = ("No space left", "File too large", "database or disk is full", "Disk quota exceeded")


def is_full(problem: BaseException | None) -> bool:
    """Whether a failure, or what it came from, says that there is no room left."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        if isinstance(problem, OSError) and problem.errno in _CODES:
            return True
        if any(word in str(problem) for word in _WORDS):
            return True
        problem = problem.__cause__ or problem.__context__
    return False
