def check(f): return []
