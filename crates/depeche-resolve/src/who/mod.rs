//! Who: the actor half of resolution.
