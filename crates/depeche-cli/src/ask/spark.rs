//! A row of numbers as a row of little bars.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// One bar a number, the highest for `most`; a dot for nothing.
pub(crate) fn line(numbers: &[i64], most: i64) -> String {
    let bar = |n: &i64| {
        if *n <= 0 { '·' } else { BARS[((n * 8 - 1) / most.max(*n)).clamp(0, 7) as usize] }
    };
    numbers.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(line(&[0, 1, 4, 8], 8), "·▁▄█");
        assert_eq!(line(&[1, 2], 2), "▄█");
        assert_eq!(line(&[3], 0), "█");
    }
}
