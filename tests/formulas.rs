//! What a form shows is what the tool works out: the live formula of every kind of value, evaluated in binary fractions as a
//! spreadsheet does it, against the exact arithmetic that decides.

#![allow(clippy::expect_used)] // a test may die of what it did not expect
#![allow(clippy::float_cmp)] // a spreadsheet compares so

use xingping::model::Points;
use xingping::scheme::{self, Given, Line, Scheme};

/// A scheme of one line for each of `values`, each with `decimals` of its own or none.
fn scheme_of(values: &[&str], decimals: Option<u32>) -> Scheme {
    let mut source = format!(
        "id = \"x-2027\"\ntitle = \"例\"\nform_title = \"例\"\nyear = 2027\nsubject = \"单位\"\nstage = \"review\"\nprecision = 2\nasks = []\n\
         [declared]\nlines = {}\nbonus = {}\n[[stages]]\nid = \"review\"\nname = \"评\"\nfrom = 2027-01-01\nto = 2027-12-31\n",
        values.len(),
        values.len() * 20,
    );
    let lines = values.iter().enumerate().map(|(at, value)| {
        let decimals =
            decimals.map_or(String::new(), |decimals| format!("decimals = {decimals}\n"));
        format!(
            "[[lines]]\ncode = \"{}\"\ntitle = \"行{at}\"\nbonus = 20\n{decimals}value = {{ {value} }}\n",
            at + 1
        )
    });
    source.extend(lines);
    scheme::read(&source).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A number, a text or nothing else that a formula of a value comes to.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Number(f64),
    Text(String),
}

impl Cell {
    fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Text(text) => panic!("no number: {text}"),
        }
    }
}

/// A formula on its way to a value.
struct Reading<'f> {
    rest: &'f str,
    value: &'f Cell,
    target: &'f Cell,
}

fn evaluated(formula: &str, value: &Cell, target: &Cell) -> Cell {
    let mut reading = Reading {
        rest: formula,
        value,
        target,
    };
    let cell = reading.compared();
    assert_eq!(reading.rest, "", "{formula}");
    cell
}

impl Reading<'_> {
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn compared(&mut self) -> Cell {
        let left = self.sum();
        let truth = |is_true: bool| Cell::Number(f64::from(u8::from(is_true)));
        for sign in [">=", "<=", "<>", ">", "<", "="] {
            if self.takes(sign) {
                let right = self.sum();
                if let (Cell::Text(left), Cell::Text(right)) = (&left, &right) {
                    return truth((sign == "=") == (left == right));
                }
                let (left, right) = (left.number(), right.number());
                return truth(match sign {
                    ">=" => left >= right,
                    "<=" => left <= right,
                    ">" => left > right,
                    "<" => left < right,
                    "=" => left == right,
                    _ => left != right,
                });
            }
        }
        left
    }

    fn sum(&mut self) -> Cell {
        let mut sum = self.product();
        loop {
            if self.takes("+") {
                sum = Cell::Number(sum.number() + self.product().number());
            } else if self.takes("-") {
                sum = Cell::Number(sum.number() - self.product().number());
            } else {
                return sum;
            }
        }
    }

    fn product(&mut self) -> Cell {
        let mut product = self.single();
        loop {
            if self.takes("*") {
                product = Cell::Number(product.number() * self.single().number());
            } else if self.takes("/") {
                product = Cell::Number(product.number() / self.single().number());
            } else {
                return product;
            }
        }
    }

    fn single(&mut self) -> Cell {
        if self.takes("-") {
            return Cell::Number(-self.single().number());
        }
        if self.takes("(") {
            let inner = self.compared();
            assert!(self.takes(")"), "{}", self.rest);
            return inner;
        }
        if self.takes("\"") {
            let (text, rest) = self.rest.split_once('"').expect("a closing quote");
            self.rest = rest;
            return Cell::Text(text.to_owned());
        }
        let end = self
            .rest
            .find(|one: char| !one.is_ascii_alphanumeric() && one != '.')
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "V" => return self.value.clone(),
            "T" => return self.target.clone(),
            _ => {}
        }
        if let Ok(number) = word.parse() {
            return Cell::Number(number);
        }
        assert!(self.takes("("), "{word} {}", self.rest);
        let mut given = vec![self.compared()];
        while self.takes(",") {
            given.push(self.compared());
        }
        assert!(self.takes(")"), "{word} {}", self.rest);
        let number = |at: usize| given[at].number();
        match word {
            "IF" if number(0) == 0.0 => given[2].clone(),
            "IF" => given[1].clone(),
            "ISNUMBER" => Cell::Number(f64::from(u8::from(matches!(given[0], Cell::Number(_))))),
            "AND" => {
                let all = given.iter().all(|one| one.number() != 0.0);
                Cell::Number(f64::from(u8::from(all)))
            }
            "MIN" => Cell::Number(number(0).min(number(1))),
            "MAX" => Cell::Number(number(0).max(number(1))),
            "INT" => Cell::Number(number(0).floor()),
            "ROUND" => Cell::Number(rounded(number(0), number(1))),
            "ROUNDUP" => Cell::Number((number(0) * 10_f64.powf(number(1))).ceil()),
            other => panic!("{other} is not known here"),
        }
    }
}

/// A spreadsheet is sure of fifteen digits, and rounds half away from zero in these.
fn rounded(number: f64, decimals: f64) -> f64 {
    let decimals: usize = format!("{decimals:.0}").parse().expect("a count");
    let digits = format!("{number:.14e}");
    let (mantissa, exponent) = digits.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a whole exponent");
    let mantissa: rust_decimal::Decimal = mantissa.parse().expect("a decimal");
    let ten = rust_decimal::Decimal::TEN;
    let exact = (0..exponent.abs()).fold(mantissa, |number, _| {
        if exponent < 0 {
            number / ten
        } else {
            number * ten
        }
    });
    let decimals = u32::try_from(decimals).expect("few");
    let rounded = exact.round_dp_with_strategy(
        decimals,
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    );
    rounded.to_string().parse().expect("a number")
}

/// What the form shows and what the tool works out of the same numbers.
fn agree(line: &Line, value: Points, target: Option<Points>) {
    let rule = line.value.as_ref().expect("a value");
    let cell = |points: Points| Cell::Number(points.to_string().parse().expect("a number"));
    let formula = rule.formula("V", "T", line.decimals);
    let none = Cell::Text(String::new());
    let shown = evaluated(&formula, &cell(value), &target.map_or(none, cell));
    let given = match rule.ask() {
        scheme::Ask::Done => Given::Done {
            done: value,
            target,
        },
        _ => Given::Number(value),
    };
    let Some(exact) = line.worked_out(&given) else {
        assert_eq!(shown, Cell::Text(String::new()), "{formula} of {value}");
        return;
    };
    let by_tool: f64 = exact.quotient().to_string().parse().expect("a number");
    let shown = shown.number();
    // To its last decimal where the line rounds for itself; otherwise as near as the form carries it.
    let near = if line.decimals.is_some() { 1e-12 } else { 1e-9 };
    assert!(
        (shown - by_tool).abs() <= near,
        "{formula} of {value}: {shown} on the form, {by_tool} by the tool"
    );
}

const NUMBERS: [&str; 9] = [
    "kind = \"linear\", unit = \"%\", low = { at = 60, points = 0 }, high = { at = 100, points = 20 }",
    "kind = \"linear\", low = { at = 0.7, points = 20 }, high = { at = 98.3, points = 0.1 }",
    "kind = \"linear\", low = { at = 1000000.1, points = 0 }, high = { at = 1000100.1, points = 20 }",
    "kind = \"bands\", unit = \"%\", otherwise = 0, bands = [{ from = 95, points = 20 }, { from = 90.1, points = 15.5 }]",
    "kind = \"bands\", unit = \"%\", otherwise = 0, bands = [{ up_to = 0.3, points = 20 }, { up_to = 60.2, points = 15 }]",
    "kind = \"steps\", unit = \"%\", base = 20, above = 5, per = 0.1, step = \"full\", minus = 0.15",
    "kind = \"steps\", unit = \"%\", base = 20, below = 99.7, per = 0.7, step = \"begun\", minus = 0.35",
    "kind = \"steps\", base = 0.5, above = 5.3, per = 0.3, step = \"begun\", plus = 0.25, at_most = 20",
    "kind = \"share\", points = 20, target = 96",
];

const BELOW_0: [&str; 3] = [
    "kind = \"linear\", unit = \"%\", low = { at = -5.3, points = 0 }, high = { at = 10, points = 20 }",
    "kind = \"bands\", unit = \"%\", otherwise = 0, bands = [{ from = 5, points = 20 }, { from = -2.5, points = 15 }]",
    "kind = \"steps\", unit = \"%\", negative = true, base = 20, below = 3, per = 0.7, step = \"begun\", minus = 0.35",
];

#[test]
fn growth_below_0_is_scored_where_the_scheme_speaks_of_it() {
    let rate = |hundredths| Points::from(rust_decimal::Decimal::new(hundredths, 2));
    for line in &scheme_of(&BELOW_0, Some(2)).lines {
        for hundredths in -1_500..1_500 {
            agree(line, rate(hundredths), None);
        }
        assert!(line.worked_out(&Given::Number(rate(-250))).is_some());
    }
    // Nowhere else: a rate of −2.5% that nobody spoke of is a slip.
    for line in &scheme_of(&NUMBERS[..8], None).lines {
        assert_eq!(line.worked_out(&Given::Number(rate(-250))), None);
        agree(line, rate(-250), None);
    }
}

#[test]
fn what_the_form_shows_is_what_the_tool_works_out() {
    for decimals in [None, Some(1), Some(2)] {
        let scheme = scheme_of(&NUMBERS, decimals);
        for line in &scheme.lines {
            for hundredths in (0..11_000).step_by(3) {
                agree(
                    line,
                    Points::from(rust_decimal::Decimal::new(hundredths, 2)),
                    None,
                );
            }
        }
        let far = &scheme.lines[xingping::model::LineId::at(2)];
        for hundredths in (99_999_990..100_011_000).step_by(7) {
            agree(
                far,
                Points::from(rust_decimal::Decimal::new(hundredths, 2)),
                None,
            );
        }
        let shares = scheme_of(&["kind = \"share\", points = 20"], decimals);
        let shares = shares.lines.iter().next().expect("a line");
        for target in 1..=120 {
            for done in 0..=120 {
                agree(shares, Points::whole(done), Some(Points::whole(target)));
            }
        }
        let counts = [
            "kind = \"count\", each = 0.3, at_most = 20",
            "kind = \"count\", base = 20, minus = 0.7",
        ];
        for line in &scheme_of(&counts, decimals).lines {
            for count in 0..100 {
                agree(line, Points::whole(count), None);
            }
        }
    }
}

/// 61.19 on a line from 60 to 100 is 0.595 exactly, and a little less in binary fractions.
#[test]
fn a_half_is_rounded_up_on_the_form_as_well() {
    let scheme = scheme_of(&NUMBERS[..1], Some(2));
    let line = scheme.lines.iter().next().expect("a line");
    let rule = line.value.as_ref().expect("a value");
    let shown = evaluated(
        &rule.formula("V", "T", line.decimals),
        &Cell::Number(61.19),
        &Cell::Text(String::new()),
    );
    assert_eq!(shown, Cell::Number(0.6));
    // What falls short of it falls short.
    let shown = evaluated(
        &rule.formula("V", "T", line.decimals),
        &Cell::Number(61.189_9),
        &Cell::Text(String::new()),
    );
    assert_eq!(shown, Cell::Number(0.59));
}
