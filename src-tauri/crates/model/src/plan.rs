//! The organisation's plan: the state events of `school.parta.*` as types.
