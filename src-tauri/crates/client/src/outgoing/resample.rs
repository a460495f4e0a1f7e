//! Brings a recording to the rate of the encoder, as it comes, by a windowed sinc: every output sample is a weighted
//! sum of the input around it, and the weights repeat, because the two rates stand in a ratio of whole numbers.

use super::opus::RATE;
use std::f64::consts::PI;

/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 24.0;
/// How much of the narrower band is kept; the rest is where the filter falls off.
const BAND: f64 = 0.94;

pub(super) struct Resampler {
    /// Output samples `up` for every `down` of the input.
    up: u64,
    down: u64,
    /// Input samples on each side of an output sample that count for it.
    reach: usize,
    /// The weights for each of the `up` places between two input samples.
    weights: Vec<f32>,
    /// What may still be needed of the input; its first sample is number `first - reach`.
    input: Vec<f32>,
    first: u64,
    /// How many samples have come, and gone.
    came: u64,
    gone: u64,
}

impl Resampler {
    pub(super) fn new(rate: u32) -> Self {
        let shared = gcd(RATE, rate);
        let (up, down) = (RATE / shared, rate / shared);
        let narrower = (f64::from(up) / f64::from(down)).min(1.0);
        let cutoff = narrower * BAND;
        // A few dozen: the rates a microphone has differ by less than a factor of ten.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let reach = (CROSSINGS / narrower).ceil() as usize;
        let weights = (0..up)
            .flat_map(|place| {
                let between = f64::from(place) / f64::from(up);
                around(reach, between, cutoff)
            })
            .collect();
        Self {
            up: up.into(),
            down: down.into(),
            reach,
            weights,
            input: vec![0.0; reach],
            first: 0,
            came: 0,
            gone: 0,
        }
    }

    pub(super) fn push(&mut self, samples: impl Iterator<Item = i16>, out: &mut Vec<i16>) {
        let before = self.input.len();
        self.input.extend(samples.map(f32::from));
        self.came += (self.input.len() - before) as u64;
        self.pull(u64::MAX, out);
    }

    /// The end of the recording: the last samples, as if silence followed.
    pub(super) fn finish(&mut self, out: &mut Vec<i16>) {
        self.input.extend(std::iter::repeat_n(0.0, self.reach));
        let whole = (self.came * self.up).div_ceil(self.down);
        self.pull(whole, out);
    }

    fn pull(&mut self, until: u64, out: &mut Vec<i16>) {
        while self.gone < until {
            let at = self.gone * self.down;
            let (sample, place) = (at / self.up, at % self.up);
            // `input` begins `reach` samples before number `first`.
            let (Ok(start), Ok(place)) =
                (usize::try_from(sample - self.first), usize::try_from(place))
            else {
                return;
            };
            let start = start + 1;
            let width = 2 * self.reach;
            let Some(near) = self.input.get(start..start + width) else {
                break;
            };
            let weights = &self.weights[place * width..][..width];
            let sum: f32 = near.iter().zip(weights).map(|(a, b)| a * b).sum();
            #[allow(clippy::cast_possible_truncation)]
            out.push(sum.round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16);
            self.gone += 1;
        }
        // What no later sample looks at is let go.
        let next = self.gone * self.down / self.up;
        if let Ok(done) = usize::try_from(next - self.first) {
            let done = done.min(self.input.len());
            self.input.drain(..done);
            self.first += done as u64;
        }
    }
}

/// The weights of the input samples from `1 - reach` to `reach` around a place between two of them.
fn around(reach: usize, between: f64, cutoff: f64) -> Vec<f32> {
    let width = 2 * reach;
    let half = reach as f64;
    let weights: Vec<f64> = (0..width)
        .map(|tap| {
            let away = tap as f64 + 1.0 - half - between;
            let sinc = if away.abs() < 1e-9 {
                1.0
            } else {
                (PI * cutoff * away).sin() / (PI * cutoff * away)
            };
            // Blackman's window.
            let turn = PI * away / half;
            let window = 0.42 + 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos();
            if away.abs() > half {
                0.0
            } else {
                sinc * window
            }
        })
        .collect();
    // So that loudness stays what it is wherever the place lies.
    let sum: f64 = weights.iter().sum();
    #[allow(clippy::cast_possible_truncation)]
    weights
        .into_iter()
        .map(|weight| (weight / sum) as f32)
        .collect()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tone(rate: u32, hertz: f64, count: u32) -> Vec<i16> {
        (0..count)
            .map(|n| {
                let turn = 2.0 * PI * hertz * f64::from(n) / f64::from(rate);
                #[allow(clippy::cast_possible_truncation)]
                let sample = (10_000.0 * turn.sin()).round() as i16;
                sample
            })
            .collect()
    }

    fn resampled(rate: u32, input: &[i16], chunk: usize) -> Vec<i16> {
        let (mut resampler, mut out) = (Resampler::new(rate), Vec::new());
        for part in input.chunks(chunk) {
            resampler.push(part.iter().copied(), &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn a_tone_stays_the_same_tone_at_every_rate_of_a_microphone() {
        for rate in [
            8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000,
        ] {
            let out = resampled(rate, &tone(rate, 1_000.0, rate), 4_096);
            let expected = tone(RATE, 1_000.0, RATE);
            assert_eq!(out.len(), expected.len(), "{rate}");
            let inside = 2_000..46_000;
            let worst = inside
                .map(|at| (i32::from(out[at]) - i32::from(expected[at])).abs())
                .max()
                .unwrap();
            assert!(worst < 60, "{rate}: {worst} of 10,000");
        }
    }

    #[test]
    fn what_the_lower_rate_can_not_hold_does_not_come_back_as_another_tone() {
        let out = resampled(96_000, &tone(96_000, 30_000.0, 96_000), 10_000);
        let loudest = out[2_000..46_000]
            .iter()
            .map(|s| s.unsigned_abs())
            .max()
            .unwrap();
        assert!(loudest < 60, "{loudest} of 10,000");
    }

    proptest! {
        #[test]
        fn the_sizes_of_the_pieces_change_nothing(
            rate in prop::sample::select(vec![8_000_u32, 44_100, 48_000, 96_000]),
            input in prop::collection::vec(any::<i16>(), 0..3_000),
            chunk in 1_usize..700,
        ) {
            let whole = resampled(rate, &input, input.len().max(1));
            prop_assert_eq!(resampled(rate, &input, chunk), whole);
        }
    }
}
