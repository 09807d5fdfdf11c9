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

/// Maxout of the window around a row, with plain sums.
fn window(weights: &[f32], bias: &[f32], input: &[f32]) -> Vec<f32> {
    plain(weights, bias, input).chunks(3).map(|pieces| pieces.iter().copied().fold(f32::MIN, f32::max)).collect()
}

fn near(a: &[f32], b: &[f32]) {
    for (a, b) in a.iter().zip(b) {
        assert!((a - b).abs() < 2e-3, "{a} {b}");
    }
}

#[test]
fn maxout_takes_the_greatest_piece() {
    let (inputs, outputs, count) = (384, 96, 11);
    let (weights, bias) = (numbers(inputs * outputs * 3, 4), numbers(outputs * 3, 5));
    let layer = Layer::maxout(&weights, &bias, inputs);
    let input = numbers(inputs * count, 6);
    let mut output = vec![0.0; layer.stride() * count];
    layer.apply(&input, inputs, count, &mut output);
    for (row, got) in input.chunks(inputs).zip(output.chunks(outputs)) {
        near(&window(&weights, &bias, row), got);
    }
}

#[test]
fn tiles_of_a_convolution_equal_the_plain_windows() {
    for (width, tiles) in [(96, vec![1, 5, 13]), (32, (0..41).map(|tile| 1 + 4 * tile).collect())] {
        let (weights, bias) = (numbers(width * width * 9, 4), numbers(width * 3, 5));
        let rows = tiles.last().unwrap() + 5;
        let input = numbers(width * rows as usize, 6);
        let mut output = vec![7.0; input.len()];
        Convolution::new(&weights, &bias).apply(&input, &tiles, &mut output, &mut Memory::default());
        for row in 1..rows as usize - 1 {
            let got = &output[row * width..][..width];
            if tiles.contains(&((row as u32 - 1) / 4 * 4 + 1)) {
                near(&window(&weights, &bias, &input[(row - 1) * width..][..width * 3]), got);
            } else {
                assert!(got.iter().all(|x| x.to_bits() == 7_f32.to_bits()), "other rows stay as they are");
            }
        }
    }
}

#[test]
fn known_products_of_a_window_equal_the_plain_window() {
    let width = 32;
    let (weights, bias) = (numbers(width * width * 9, 4), numbers(width * 3, 5));
    let kinds = [None, Some(1), Some(0), None, Some(1), None];
    let types = numbers(width * 2, 6);
    // For each type and place, the products in panel order.
    let mut products = Vec::new();
    for kind in 0..2 {
        for place in 0..3 {
            for row in panel_order(width) {
                let weights = &weights[row * width * 3 + place * width..][..width];
                products.push(weights.iter().zip(&types[kind * width..]).map(|(a, b)| a * b).sum());
            }
        }
    }
    let mut rows = Vec::new();
    for kind in kinds {
        rows.extend((0..width).map(|i| kind.map_or(0.0, |kind: u32| types[kind as usize * width + i])));
    }
    let panel_bias: Vec<f32> = panel_order(width).map(|row| bias[row]).collect();
    let mut output = vec![0.0; rows.len()];
    Windows { products: &products, bias: &panel_bias, kinds: &kinds, list: &[1, 2, 3, 4], output: &mut output }.apply();
    for row in 1..5 {
        near(&window(&weights, &bias, &rows[(row - 1) * width..][..width * 3]), &output[row * width..]);
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

#[test]
fn screened_labels_are_those_of_all_scores() {
    let (inputs, count) = (96, 70);
    for outputs in [7, 48, 523, 1014] {
        let (mut weights, bias) = (numbers(inputs * outputs, 10), numbers(outputs, 11));
        // Two labels with the same weights and bias never part: the first of them wins.
        weights.copy_within(..inputs, inputs * (outputs - 1));
        let rows: Vec<f32> = numbers(inputs * count, 12).iter().map(|x| x * 4.0).collect();
        let best = |basis: Option<&[f32]>| {
            let mut out = Vec::new();
            Labels::new(&weights, &bias, inputs, basis).best(&rows, &mut Ranking::default(), &mut out);
            out
        };
        let expected = best(None);
        // A basis that tells nothing, one with twins, one of everything.
        let (few, all) = (numbers(inputs * 16, 13), numbers(inputs * inputs, 14));
        let twins = [&few[..], &few[..]].concat();
        for basis in [&few[..], &twins[..], &all[..]] {
            assert_eq!(best(Some(basis)), expected, "{outputs} labels, {} rows of basis", basis.len() / inputs);
        }
    }
}
