//! TEMP

super::messages! {}
