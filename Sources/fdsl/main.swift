print("fdsl")
