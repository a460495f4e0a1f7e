//! The Opus encoder: one voice, 48,000 samples a second, frames of 20 ms.

use std::ptr::NonNull;
use unsafe_libopus::{
    OPUS_APPLICATION_VOIP, OPUS_GET_LOOKAHEAD_REQUEST, OPUS_OK, OPUS_SET_BITRATE_REQUEST,
    OpusEncoder, opus_encode, opus_encoder_create, opus_encoder_ctl, opus_encoder_destroy,
};

pub(super) const RATE: u32 = 48_000;
pub(super) const FRAME: usize = 960;
/// Speech is clear at this, and a minute of it is about 200 kilobytes.
const BITS_PER_SECOND: i32 = 28_000;
/// The largest packet there is.
const LARGEST: usize = 1275;

pub(super) struct Encoder {
    state: NonNull<OpusEncoder>,
    /// How many samples the sound comes later than it went in.
    pub(super) delay: u16,
}

// SAFETY: the state is memory of its own that nothing else points to; it may be used on any one thread at a time.
#[allow(unsafe_code)]
unsafe impl Send for Encoder {}

impl Encoder {
    pub(super) fn new() -> Option<Self> {
        let mut error = OPUS_OK;
        let mut delay = 0_i32;
        // SAFETY: the pointers are to locals that outlive the calls, and the state is used only where it was made.
        #[allow(unsafe_code)]
        unsafe {
            let state =
                opus_encoder_create(RATE.cast_signed(), 1, OPUS_APPLICATION_VOIP, &raw mut error);
            let mut encoder = Self {
                state: NonNull::new(state)?,
                delay: 0,
            };
            let set = opus_encoder_ctl!(state, OPUS_SET_BITRATE_REQUEST, BITS_PER_SECOND);
            let got = opus_encoder_ctl!(state, OPUS_GET_LOOKAHEAD_REQUEST, &mut delay);
            if error != OPUS_OK || set != OPUS_OK || got != OPUS_OK {
                return None;
            }
            encoder.delay = u16::try_from(delay).ok()?;
            Some(encoder)
        }
    }

    pub(super) fn encode(&mut self, frame: &[i16; FRAME]) -> Option<Vec<u8>> {
        let mut packet = vec![0; LARGEST];
        // SAFETY: the state lives as long as `self`; the frame holds as many samples and the packet as much room as
        // the call is told.
        #[allow(unsafe_code)]
        let length = unsafe {
            opus_encode(
                self.state.as_ptr(),
                frame.as_ptr(),
                FRAME.try_into().ok()?,
                packet.as_mut_ptr(),
                LARGEST.try_into().ok()?,
            )
        };
        packet.truncate(usize::try_from(length).ok().filter(|length| *length > 0)?);
        Some(packet)
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: made by `opus_encoder_create`, and never used again.
        #[allow(unsafe_code)]
        unsafe {
            opus_encoder_destroy(self.state.as_ptr());
        }
    }
}

/// The other way round, for tests.
#[cfg(test)]
pub(super) fn decode(packets: &[Vec<u8>]) -> Vec<i16> {
    use unsafe_libopus::{opus_decode, opus_decoder_create, opus_decoder_destroy};
    let mut error = OPUS_OK;
    let mut out = Vec::new();
    // SAFETY: the state is used between its making and its end; each buffer holds what the call is told.
    #[allow(unsafe_code)]
    unsafe {
        let state = opus_decoder_create(RATE.cast_signed(), 1, &raw mut error);
        assert_eq!(error, OPUS_OK);
        for packet in packets {
            let mut frame = [0_i16; 5_760];
            let length = i32::try_from(packet.len()).unwrap();
            let samples = opus_decode(
                &mut *state,
                packet.as_ptr(),
                length,
                frame.as_mut_ptr(),
                5_760,
                0,
            );
            out.extend(&frame[..usize::try_from(samples).unwrap()]);
        }
        opus_decoder_destroy(state);
    }
    out
}
