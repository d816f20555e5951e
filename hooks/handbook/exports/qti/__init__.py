"""Questions as a QTI 2.1 package."""
