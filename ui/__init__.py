"""The Qt application, installed as ``ropa_ui``. It imports ``ropa_app``, never the reverse."""
