namespace Karl.Graphs.Tests.Operators;

/// <summary>A tensor of doubles with operations as plain as they come: the reference that operators are held to.</summary>
internal sealed class Slow(double[] values, params int[] shape)
{
    public int[] Shape { get; } = shape;

    public double[] Values { get; } = values;

    /// <summary>An element by its place; of axes of length 1, and of those missing in front, the only one.</summary>
    public double this[params int[] place]
    {
        get
        {
            var index = 0;
            for (var axis = 0; axis < Shape.Length; axis++)
            {
                index = index * Shape[axis] + (Shape[axis] == 1 ? 0 : place[place.Length - Shape.Length + axis]);
            }
            return Values[index];
        }
    }

    public static implicit operator Slow(double value) => new([value]);

    public static Slow Make(int[] shape, Func<int[], double> value)
    {
        var values = new double[shape.Aggregate(1, (product, length) => product * length)];
        for (var index = 0; index < values.Length; index++)
        {
            var place = new int[shape.Length];
            for (var (axis, rest) = (shape.Length - 1, index); axis >= 0; axis--)
            {
                place[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            values[index] = value(place);
        }
        return new(values, shape);
    }

    /// <summary>The shape that several give together.</summary>
    public static int[] Together(params int[][] shapes)
    {
        var rank = shapes.Max(shape => shape.Length);
        var lengths = Enumerable.Range(0, rank).Select(axis => shapes.Select(shape => axis - rank + shape.Length is var own and >= 0 ? shape[own] : 1));
        return [.. lengths.Select(axis => axis.Contains(0) ? 0 : axis.Max())];
    }

    public static Slow Zip(Slow left, Slow right, Func<double, double, double> combine) =>
        Make(Together(left.Shape, right.Shape), place => combine(left[place], right[place]));

    public Slow Map(Func<double, double> change) => new([.. Values.Select(change)], Shape);

    /// <summary>Every row along an axis replaced by another, maybe of another length.</summary>
    public Slow Rows(int axis, Func<double[], double[]> change)
    {
        var length = change(Row(new int[Shape.Length], axis)).Length;
        return Make([.. Shape.Select((old, other) => other == axis ? length : old)], place => change(Row(place, axis))[place[axis]]);
    }

    /// <summary>Everything along some axes put together into one number.</summary>
    public Slow Fold(int[] axes, bool keep, Func<IEnumerable<double>, double> together)
    {
        var kept = Make([.. Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length)], place =>
            together(Places(Shape).Where(other => Enumerable.Range(0, Shape.Length).All(axis => axes.Contains(axis) || other[axis] == place[axis])).Select(other => this[other])));
        return keep ? kept : kept.Reshape([.. Shape.Where((_, axis) => !axes.Contains(axis))]);
    }

    public Slow Reshape(params int[] shape) => new(Values, shape);

    public Slow Transpose(params int[] order) => Make([.. order.Select(axis => Shape[axis])], place =>
    {
        var source = new int[place.Length];
        for (var axis = 0; axis < order.Length; axis++) source[order[axis]] = place[axis];
        return this[source];
    });

    public static Slow Concat(int axis, params Slow[] parts) => Make(
        [.. parts[0].Shape.Select((length, other) => other == axis ? parts.Sum(part => part.Shape[axis]) : length)],
        place =>
        {
            var (source, index) = ((int[])place.Clone(), 0);
            while (source[axis] >= parts[index].Shape[axis]) source[axis] -= parts[index++].Shape[axis];
            return parts[index][source];
        });

    public TensorData ToData(ElementType type)
    {
        long[] lengths = [.. Shape.Select(length => (long)length)];
        return type switch
        {
            ElementType.Float32 => TensorData.From(Array.ConvertAll(Values, value => (float)value), lengths),
            ElementType.Float16 => TensorData.From(Array.ConvertAll(Values, value => (Half)value), lengths),
            ElementType.Float64 => TensorData.From(Values, lengths),
            ElementType.Int32 => TensorData.From(Array.ConvertAll(Values, value => (int)value), lengths),
            ElementType.Int64 => TensorData.From(Array.ConvertAll(Values, value => (long)value), lengths),
            ElementType.Boolean => TensorData.From(Array.ConvertAll(Values, value => value != 0), lengths),
            ElementType.UInt8 => TensorData.From(Array.ConvertAll(Values, value => (byte)value), lengths),
            _ => TensorData.From(Array.ConvertAll(Values, value => (sbyte)value), lengths),
        };
    }

    private static List<int[]> Places(int[] shape)
    {
        var places = new List<int[]>();
        Make(shape, place => { places.Add(place); return 0; });
        return places;
    }

    private double[] Row(int[] place, int axis) => [.. Enumerable.Range(0, Shape[axis]).Select(index =>
    {
        var other = (int[])place.Clone();
        other[axis] = index;
        return this[other];
    })];
}
