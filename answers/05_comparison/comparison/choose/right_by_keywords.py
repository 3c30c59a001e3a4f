"""Writes the choices as keywords, and joins kind and reason."""

kinds = dict(thumbnails="process", chat="coroutine", compress="thread", reports="thread", primes="process")
kinds |= dict(plugins="process", newton="none", total="none", crawler="coroutine", backup="thread")
choose = {work: f"{kind} {reason}" for (work, kind), reason in zip(kinds.items(), "adbcaefgdc", strict=True)}
