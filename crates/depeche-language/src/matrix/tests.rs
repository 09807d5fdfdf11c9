//! Every kernel against the plain sum.

use super::*;

/// Small numbers that differ from place to place.
fn numbers(count: usize, seed: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 7919 + seed * 104_729) % 1013) as f32 / 506.5 - 1.0).collect()
}

fn plain(weights: &[f32], bias: &[f32], row: &[f32]) -> Vec<f32> {
    let products = weights.chunks(row.len()).map(|w| w.iter().zip(row).map(|(a, b)| a * b).sum::<f32>());
    products.zip(bias).map(|(p, b)| p + b).collect()
}

#[test]
fn linear_layers_equal_the_plain_sum() {
    for (inputs, outputs, count) in [(96, 64, 13), (64, 1024, 3), (5, 7, 9), (96, 523, 8)] {
        let (weights, bias) = (numbers(inputs * outputs, 1), numbers(outputs, 2));
        let layer = Layer::linear(&weights, &bias, inputs);
        let input = numbers(inputs * count, 3);
        let mut output = vec![0.0; layer.stride() * count];
        layer.apply(&input, inputs, count, &mut output);
        for (row, got) in input.chunks(inputs).zip(output.chunks(layer.stride())) {
            for (a, b) in plain(&weights, &bias, row).iter().zip(got) {
                assert!((a - b).abs() < 1e-3, "{a} {b}");
            }
        }
    }
}

#[test]
fn maxout_takes_the_greatest_piece_of_overlapping_rows() {
    let (inputs, outputs, count, step) = (288, 96, 11, 96);
    let (weights, bias) = (numbers(inputs * outputs * 3, 4), numbers(outputs * 3, 5));
    let layer = Layer::maxout(&weights, &bias, inputs);
    let input = numbers(step * (count + 2), 6);
    let mut output = vec![0.0; layer.stride() * (count + 2)];
    let list: Vec<u32> = (1..=count as u32).collect();
    layer.apply_windows(&input, step, &list, &mut output);
    let output = &output[step..];
    for i in 0..count {
        let all = plain(&weights, &bias, &input[i * step..i * step + inputs]);
        for (pieces, got) in all.chunks(3).zip(&output[i * outputs..]) {
            let best = pieces.iter().copied().fold(f32::MIN, f32::max);
            assert!((best - got).abs() < 1e-3);
        }
    }
}

#[test]
fn normalised_rows_have_mean_zero_and_variance_one() {
    let mut rows = numbers(96 * 2, 7);
    let (scale, shift) = (vec![1.0; 96], vec![0.0; 96]);
    Normalize { rows: &mut rows, list: None, residual: &[], scale: &scale, shift: &shift }.apply();
    for row in rows.chunks(96) {
        let mean = row.iter().sum::<f32>() / 96.0;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 96.0;
        assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3);
    }
}

#[test]
fn of_equal_scores_the_first_wins() {
    let mut scores = numbers(300, 8);
    scores[290] = 9.0;
    scores[133] = 2.0;
    scores[140] = 2.0;
    let mut out = Vec::new();
    Argmax { scores: &scores, stride: 150, width: 141, out: &mut out }.apply();
    assert_eq!(out, [133, 140], "290 is the last of the second row's scores");
}
