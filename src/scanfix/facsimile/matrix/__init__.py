"""The test matrix: every marking, stamp and redaction a detector must tell apart, and what only looks like one.

``drawing.draw`` draws it; ``manifest`` says what stands where, and reads it back.
"""
