//! A table as Parquet: texts as UTF-8, points as decimals of 38 digits, 12 of them behind the point.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::{Column, Datum, Kind, Row};
use crate::model::Points;
use crate::report::data::json::TOOL;

/// Rows that are held at a time.
const GROUP: usize = 50_000;

const DIGITS: i32 = 38;
const BYTES: i32 = 16;
/// No points have more decimals where they come in, and sums have no more than what is summed.
const DECIMALS: u32 = Points::MOST_DECIMALS;

/// The whole file; else why not.
pub(super) fn file<'s>(
    columns: &[Column],
    rows: impl Iterator<Item = Row<'s>>,
) -> Result<Vec<u8>, String> {
    write(columns, rows).map_err(|error| error.to_string())
}

fn write<'s>(
    columns: &[Column],
    mut rows: impl Iterator<Item = Row<'s>>,
) -> Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("table")
        .with_fields(fields)
        .build()?;
    let properties = WriterProperties::builder().set_created_by(TOOL.to_owned());
    let properties = Arc::new(properties.build());
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), properties)?;
    loop {
        let held: Vec<Row> = rows.by_ref().take(GROUP).collect();
        if held.is_empty() {
            break;
        }
        let mut group = writer.next_row_group()?;
        for (at, (_, kind)) in columns.iter().enumerate() {
            let data = held.iter().map(|row| row.get(at).unwrap_or(&Datum::None));
            match kind {
                Kind::Text => column::<ByteArrayType>(&mut group, data, |datum| match datum {
                    Datum::Text(text) => Some(ByteArray::from(&**text)),
                    _ => None,
                }),
                Kind::Whole => column::<Int64Type>(&mut group, data, |datum| match datum {
                    Datum::Whole(number) => Some(*number),
                    _ => None,
                }),
                Kind::Flag => column::<BoolType>(&mut group, data, |datum| match datum {
                    Datum::Flag(flag) => Some(*flag),
                    _ => None,
                }),
                Kind::Points => {
                    column::<FixedLenByteArrayType>(&mut group, data, |datum| match datum {
                        Datum::Points(points) => Some(decimal(*points)),
                        _ => None,
                    })
                }
            }?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn field((name, kind): &Column) -> Result<Arc<Type>, ParquetError> {
    let field = |physical, logical| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
    };
    let decimals = i32::try_from(DECIMALS).unwrap_or(0);
    let built = match kind {
        Kind::Text => field(Physical::BYTE_ARRAY, Some(LogicalType::String)).build(),
        Kind::Whole => field(Physical::INT64, None).build(),
        Kind::Flag => field(Physical::BOOLEAN, None).build(),
        Kind::Points => {
            let logical = LogicalType::decimal(decimals, DIGITS);
            field(Physical::FIXED_LEN_BYTE_ARRAY, Some(logical))
                .with_length(BYTES)
                .with_precision(DIGITS)
                .with_scale(decimals)
                .build()
        }
    };
    built.map(Arc::new)
}

/// One column of the rows held: where something stands, and what.
fn column<'d, 's: 'd, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    data: impl Iterator<Item = &'d Datum<'s>>,
    value: impl Fn(&Datum<'_>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let data: Vec<Option<T::T>> = data.map(value).collect();
    let there: Vec<i16> = data
        .iter()
        .map(|value| i16::from(value.is_some()))
        .collect();
    let values: Vec<T::T> = data.into_iter().flatten().collect();
    let mut column = group
        .next_column()?
        .ok_or_else(|| ParquetError::General("more columns than the table has".to_owned()))?;
    column
        .typed::<T>()
        .write_batch(&values, Some(&there), None)?;
    column.close()
}

/// Points as so many units of the last decimal, the highest byte first.
fn decimal(points: Points) -> FixedLenByteArray {
    let mut exact = points.decimal();
    // Bounded where they come in, so that all the decimals fit.
    exact.rescale(DECIMALS);
    FixedLenByteArray::from(exact.mantissa().to_be_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use crate::model::Points;

    #[test]
    fn points_become_units_of_the_last_decimal() {
        for (points, units) in [
            ("786.5", 786_500_000_000_000_i128),
            ("-0.01", -10_000_000_000),
            ("999999999.999999999999", 999_999_999_999_999_999_999),
            ("0", 0),
        ] {
            let points: Points = points.parse().expect("points");
            let bytes = units.to_be_bytes().to_vec();
            assert_eq!(super::decimal(points).data(), bytes, "{points}");
        }
    }
}
