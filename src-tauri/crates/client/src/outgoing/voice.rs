//! A voice message: samples of the microphone become Ogg/Opus while they come, so that an hour of talk never lies in
//! memory as sound, only as the twelve megabytes it is sent as.

use super::opus::{Encoder, FRAME};
use super::resample::Resampler;
use ogg::{PacketWriteEndInfo, PacketWriter};
use std::ops::RangeInclusive;

/// The rates that microphones have.
pub(super) const RATES: RangeInclusive<u32> = 8_000..=192_000;
/// How long one may talk, in seconds.
const LONGEST: u64 = 60 * 60;
/// Bars of the waveform.
const BARS: usize = 100;
const HIGHEST: f32 = 1024.0;
/// A microphone that is off gives less than this, the quietest room more; the mean of a frame, of 32,768.
const SILENCE: f32 = 12.0;
/// Packets of one page: a player can begin at every second.
const PAGE: u64 = 50;

/// What a recording has become.
pub(super) struct Recorded {
    /// Ogg/Opus.
    pub(super) bytes: Vec<u8>,
    /// Milliseconds.
    pub(super) length: u64,
    pub(super) waveform: Vec<u16>,
}

/// Why a recording takes no more, or can't be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    TooLong,
    Silent,
    Failed,
}

pub(super) struct Recorder {
    rate: u32,
    came: u64,
    /// Half of a sample whose other half comes next.
    half: Option<u8>,
    resampler: Resampler,
    /// At the encoder's rate, less than a frame between two calls.
    waiting: Vec<i16>,
    /// Samples at the encoder's rate.
    made: u64,
    encoder: Encoder,
    ogg: PacketWriter<'static, Vec<u8>>,
    serial: u32,
    /// The last page has to say that it is the last, so one packet is always held back.
    held: Option<Vec<u8>>,
    packets: u64,
    /// The mean of each frame.
    loudness: Vec<f32>,
}

impl Recorder {
    /// `rate` is that of the samples to come.
    pub(super) fn new(rate: u32, serial: u32) -> Option<Self> {
        let encoder = RATES.contains(&rate).then(Encoder::new).flatten()?;
        let mut ogg = PacketWriter::new(Vec::new());
        let end = PacketWriteEndInfo::EndPage;
        ogg.write_packet(head(rate, encoder.delay), serial, end, 0)
            .ok()?;
        ogg.write_packet(tags(), serial, end, 0).ok()?;
        Some(Self {
            rate,
            came: 0,
            half: None,
            resampler: Resampler::new(rate),
            waiting: Vec::new(),
            made: 0,
            encoder,
            ogg,
            serial,
            held: None,
            packets: 0,
            loudness: Vec::new(),
        })
    }

    /// 16-bit samples, little-endian, cut anywhere. What comes after an hour is not taken.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Unusable> {
        let mut bytes = bytes.iter().copied();
        let mut samples = Vec::with_capacity(bytes.len() / 2 + 1);
        while let Some(low) = self.half.take().or_else(|| bytes.next()) {
            match bytes.next() {
                Some(high) => samples.push(i16::from_le_bytes([low, high])),
                None => {
                    self.half = Some(low);
                    break;
                }
            }
        }
        let room = LONGEST * u64::from(self.rate) - self.came;
        let fits = usize::try_from(room).map_or(samples.len(), |room| room.min(samples.len()));
        self.came += fits as u64;
        let before = self.waiting.len();
        self.resampler
            .push(samples[..fits].iter().copied(), &mut self.waiting);
        self.made += (self.waiting.len() - before) as u64;
        self.encode()?;
        if fits < samples.len() {
            return Err(Unusable::TooLong);
        }
        Ok(())
    }

    /// Encodes what fills whole frames.
    fn encode(&mut self) -> Result<(), Unusable> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut frames = waiting.chunks_exact(FRAME);
        for frame in frames.by_ref() {
            let frame = frame.try_into().map_err(|_| Unusable::Failed)?;
            self.loudness.push(mean(frame));
            let packet = self.encoder.encode(frame).ok_or(Unusable::Failed)?;
            if let Some(before) = self.held.replace(packet) {
                self.packets += 1;
                let end = if self.packets.is_multiple_of(PAGE) {
                    PacketWriteEndInfo::EndPage
                } else {
                    PacketWriteEndInfo::NormalPacket
                };
                let at = self.packets * FRAME as u64;
                self.ogg
                    .write_packet(before, self.serial, end, at)
                    .map_err(|_| Unusable::Failed)?;
            }
        }
        self.waiting = frames.remainder().to_vec();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Recorded, Unusable> {
        let before = self.waiting.len();
        self.resampler.finish(&mut self.waiting);
        self.made += (self.waiting.len() - before) as u64;
        // The encoder is late: what went in last has to be pushed out, and the rest of the frame is cut off again by
        // what the last page says.
        let delay = usize::from(self.encoder.delay);
        let rest = self.waiting.len() + delay;
        let padded = rest.next_multiple_of(FRAME);
        self.waiting.resize(padded, 0);
        self.encode()?;
        let loudest = self.loudness.iter().copied().fold(0.0, f32::max);
        if self.made == 0 || loudest < SILENCE {
            return Err(Unusable::Silent);
        }
        let last = self.held.take().ok_or(Unusable::Failed)?;
        let end = self.made + u64::from(self.encoder.delay);
        self.ogg
            .write_packet(last, self.serial, PacketWriteEndInfo::EndStream, end)
            .map_err(|_| Unusable::Failed)?;
        Ok(Recorded {
            bytes: self.ogg.into_inner(),
            length: self.came * 1_000 / u64::from(self.rate),
            waveform: bars(&self.loudness, loudest),
        })
    }
}

/// The first packet: one voice, how late it begins, where it came from.
fn head(rate: u32, delay: u16) -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(delay.to_le_bytes());
    head.extend(rate.to_le_bytes());
    // No gain, the plain order of channels.
    head.extend([0, 0, 0]);
    head
}

/// The second packet: nothing about the person or the device.
fn tags() -> Vec<u8> {
    let name = b"Parta";
    let mut tags = b"OpusTags".to_vec();
    tags.extend((name.len() as u32).to_le_bytes());
    tags.extend(name);
    tags.extend(0_u32.to_le_bytes());
    tags
}

fn mean(frame: &[i16; FRAME]) -> f32 {
    let sum: f32 = frame
        .iter()
        .map(|sample| f32::from(*sample) * f32::from(*sample))
        .sum();
    (sum / FRAME as f32).sqrt()
}

/// A bar is as high as the loudest frame it stands for; the highest bar reaches the top, so that a quiet voice has a
/// shape too.
fn bars(loudness: &[f32], loudest: f32) -> Vec<u16> {
    (0..BARS)
        .map(|bar| {
            let from = bar * loudness.len() / BARS;
            let to = ((bar + 1) * loudness.len() / BARS).max(from + 1);
            let part = loudness
                .get(from..to.min(loudness.len()))
                .unwrap_or_default();
            let high = part.iter().copied().fold(0.0, f32::max) / loudest * HIGHEST;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let high = high.round().clamp(0.0, HIGHEST) as u16;
            high
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::opus;
    use super::*;
    use ogg::PacketReader;
    use std::io::Cursor;

    /// A hum that swells for a second and pauses for a second.
    fn talk(rate: u32, seconds: u32) -> Vec<i16> {
        (0..rate * seconds)
            .map(|n| {
                let at = f64::from(n) / f64::from(rate);
                let loud = if at.rem_euclid(2.0) < 1.0 {
                    9_000.0
                } else {
                    0.0
                };
                let hum = (1..=5).map(|k| {
                    (at * 180.0 * f64::from(k) * std::f64::consts::TAU).sin() / f64::from(k)
                });
                #[allow(clippy::cast_possible_truncation)]
                let sample = (loud * hum.sum::<f64>()) as i16;
                sample
            })
            .collect()
    }

    fn bytes(samples: &[i16]) -> Vec<u8> {
        samples
            .iter()
            .flat_map(|sample| sample.to_le_bytes())
            .collect()
    }

    fn record(rate: u32, samples: &[i16], chunk: usize) -> Result<Recorded, Unusable> {
        let mut recorder = Recorder::new(rate, 7).unwrap();
        for part in bytes(samples).chunks(chunk) {
            recorder.push(part)?;
        }
        recorder.finish()
    }

    /// The packets of sound, how late they begin, and where the last page says they end.
    fn packets(ogg: &[u8]) -> (Vec<Vec<u8>>, usize, usize) {
        let mut reader = PacketReader::new(Cursor::new(ogg));
        let head = reader.read_packet().unwrap().unwrap().data;
        assert!(head.starts_with(b"OpusHead\x01\x01") && head.len() == 19);
        let tags = reader.read_packet().unwrap().unwrap().data;
        assert!(tags.starts_with(b"OpusTags"));
        let (mut packets, mut end) = (Vec::new(), 0);
        while let Some(packet) = reader.read_packet().unwrap() {
            end = packet.absgp_page();
            packets.push(packet.data);
        }
        let late = usize::from(u16::from_le_bytes([head[10], head[11]]));
        (packets, late, usize::try_from(end).unwrap())
    }

    fn energy(samples: &[i16]) -> f64 {
        samples
            .iter()
            .map(|sample| f64::from(*sample).powi(2))
            .sum::<f64>()
            / samples.len() as f64
    }

    #[test]
    fn what_was_said_can_be_heard_again_as_loud_and_as_long() {
        for rate in [16_000, 44_100, 48_000] {
            let said = talk(rate, 4);
            let recorded = record(rate, &said, 4_097).unwrap();
            assert_eq!(recorded.length, 4_000, "{rate}");
            let (packets, late, end) = packets(&recorded.bytes);
            assert_eq!(end - late, 4 * 48_000, "{rate}");
            let heard = opus::decode(&packets);
            let heard = &heard[late..end];
            for second in 0..4 {
                let before = energy(&said[second * rate as usize..][..rate as usize]);
                // Where a second ends, the encoder smears a little.
                let after = energy(&heard[second * 48_000 + 2_400..][..43_200]);
                if second % 2 == 0 {
                    assert!(
                        (0.8..1.25).contains(&(after / before)),
                        "{rate}: {after} of {before}"
                    );
                } else {
                    assert!(after < 400.0, "{rate}: {after} in a pause");
                }
            }
            let bits = recorded.bytes.len() * 8 / 4;
            assert!((5_000..40_000).contains(&bits), "{bits} bits a second");
        }
    }

    #[test]
    fn the_waveform_shows_speech_and_pauses() {
        let recorded = record(48_000, &talk(48_000, 4), 9_600).unwrap();
        assert_eq!(recorded.waveform.len(), 100);
        assert_eq!(recorded.waveform.iter().max(), Some(&1024));
        assert!(recorded.waveform[2..23].iter().all(|bar| *bar > 700));
        assert!(recorded.waveform[27..48].iter().all(|bar| *bar < 20));
        let short = record(48_000, &talk(48_000, 1)[..4_800], 9_600).unwrap();
        assert_eq!((short.length, short.waveform.len()), (100, 100));
    }

    #[test]
    fn the_sizes_of_the_pieces_change_nothing() {
        let said = talk(44_100, 1);
        let whole = record(44_100, &said, usize::MAX).unwrap();
        for chunk in [1, 333, 8_192] {
            assert!(
                record(44_100, &said, chunk).unwrap().bytes == whole.bytes,
                "{chunk}"
            );
        }
    }

    #[test]
    fn a_microphone_that_is_off_is_told_from_a_quiet_voice() {
        assert_eq!(record(48_000, &[], 1).err(), Some(Unusable::Silent));
        assert_eq!(
            record(48_000, &[3; 96_000], 960).err(),
            Some(Unusable::Silent)
        );
        let quiet: Vec<i16> = talk(48_000, 1).iter().map(|sample| sample / 100).collect();
        assert!(record(48_000, &quiet, 960).is_ok());
    }

    #[test]
    fn an_hour_is_kept_and_no_second_more() {
        let mut recorder = Recorder::new(8_000, 7).unwrap();
        let minute = bytes(&talk(8_000, 60));
        recorder.came = (LONGEST - 60) * 8_000;
        assert_eq!(recorder.push(&minute), Ok(()));
        assert_eq!(recorder.push(&minute), Err(Unusable::TooLong));
        assert_eq!(recorder.finish().unwrap().length, LONGEST * 1_000);
    }

    #[test]
    fn a_rate_that_no_microphone_has_is_refused() {
        for rate in [0, 1, 7_999, 192_001, u32::MAX] {
            assert!(Recorder::new(rate, 7).is_none(), "{rate}");
        }
    }
}
