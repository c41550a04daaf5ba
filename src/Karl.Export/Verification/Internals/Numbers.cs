using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>Values to be compared: any recorded or computed tensor as float64, which holds float32 and all codes exactly.</summary>
/// <param name="Values">The elements, C order.</param>
/// <param name="Shape">Length of each axis, outermost first; empty for a single number.</param>
internal sealed record Numbers(double[] Values, long[] Shape)
{
    /// <summary>A row of numbers, <c>[count]</c>.</summary>
    public static Numbers Row(double[] values) => new(values, [values.Length]);

    /// <summary>A recorded array.</summary>
    public static Numbers From(NpyArray array) => new(
        array.Type switch
        {
            ArrayElementType.Float64 => array.AsSpan<double>().ToArray(),
            ArrayElementType.Float32 or ArrayElementType.Float16 => Array.ConvertAll(array.ToFloat32(), value => (double)value),
            _ => Array.ConvertAll(array.ToInt64(), value => (double)value),
        },
        [.. array.Shape]);

    /// <summary>The length of one row of the first axis.</summary>
    public int RowLength => Values.Length == 0 ? 0 : (int)(Values.Length / Shape[0]);

    /// <summary>One row of the first axis.</summary>
    public ReadOnlySpan<double> At(int row) => Values.AsSpan(row * RowLength, RowLength);

    /// <summary>Rows of the first axis, in the order asked for.</summary>
    public Numbers Rows(IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * RowLength];
        for (var index = 0; index < rows.Count; index++)
        {
            At(rows[index]).CopyTo(values.AsSpan(index * RowLength));
        }

        return new Numbers(values, [rows.Count, .. Shape.Skip(1)]);
    }

    /// <summary>Every <paramref name="step"/>-th element of the last two axes from <paramref name="start"/> on: <c>[:, start::step, start::step]</c>.</summary>
    public Numbers Grid(int start, int step)
    {
        long channels = Shape[0], height = Shape[1], width = Shape[2];
        long rows = (height - start + step - 1) / step, columns = (width - start + step - 1) / step;
        var values = new double[channels * rows * columns];
        var next = 0;
        for (var channel = 0L; channel < channels; channel++)
        {
            for (var row = 0L; row < rows; row++)
            {
                var line = ((channel * height) + start + (row * step)) * width;
                for (var column = 0L; column < columns; column++)
                {
                    values[next++] = Values[line + start + (column * step)];
                }
            }
        }

        return new Numbers(values, [channels, rows, columns]);
    }

    /// <summary>Where an element is, as people write it: <c>[2, 5]</c>.</summary>
    public string Place(int index)
    {
        var place = new long[Shape.Length];
        long rest = index;
        for (var axis = Shape.Length - 1; axis >= 0; axis--)
        {
            place[axis] = rest % Shape[axis];
            rest /= Shape[axis];
        }

        return ArrayShape.Print(place);
    }

    /// <summary>The shape as people write it.</summary>
    public string ShapeText => ArrayShape.Print(Shape);
}
