using System.Collections;

namespace Karl.Graphs;

/// <summary>The lengths of a tensor's axes, outermost first; no axes for a single number. Printed as <c>[batch, 3, 256, 256]</c>.</summary>
public sealed class Shape : IReadOnlyList<Dimension>, IEquatable<Shape>
{
    internal const int MostAxes = 64;

    private readonly Dimension[] _dimensions;

    /// <summary>A shape of these lengths, outermost first.</summary>
    public Shape(params IEnumerable<Dimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        _dimensions = [.. dimensions];
        if (_dimensions.Length > MostAxes) throw new ArgumentException($"A shape has {_dimensions.Length} axes; wanted at most {MostAxes}.");
        foreach (var dimension in _dimensions)
        {
            ArgumentNullException.ThrowIfNull(dimension, nameof(dimensions));
            if (dimension.IsFixed && dimension.Value < 0) throw new ArgumentException($"Shape {this} has a negative length.");
        }
    }

    /// <summary>The shape of a single number: no axes.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>How many axes there are.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>How many elements a tensor of this shape has, as a product of its lengths.</summary>
    public Dimension ElementCount => _dimensions.Aggregate((Dimension)1, (product, dimension) => product * dimension);

    /// <summary>Whether every length is a plain number.</summary>
    public bool IsFixed => _dimensions.All(dimension => dimension.IsFixed);

    int IReadOnlyCollection<Dimension>.Count => Rank;

    /// <summary>The length of an axis; negative axes count from the end.</summary>
    public Dimension this[int axis] => _dimensions[axis < 0 ? axis + Rank : axis];

    /// <summary>A shape of fixed lengths.</summary>
    public static Shape Of(IEnumerable<long> lengths) => new(lengths.Select(length => (Dimension)length));

    /// <summary>The lengths as numbers.</summary>
    /// <exception cref="InvalidOperationException">A length is symbolic.</exception>
    public long[] ToFixed() => [.. _dimensions.Select(dimension => dimension.Value)];

    /// <summary>The lengths as numbers once each name has a value.</summary>
    /// <exception cref="ArgumentException">A name has no value.</exception>
    public long[] Evaluate(IReadOnlyDictionary<string, long> values) => [.. _dimensions.Select(dimension => dimension.Evaluate(values))];

    /// <summary>The same shape with one axis of another length; negative axes count from the end.</summary>
    public Shape With(int axis, Dimension length)
    {
        var dimensions = _dimensions.ToArray();
        dimensions[axis < 0 ? axis + Rank : axis] = length;
        return new(dimensions);
    }

    /// <inheritdoc/>
    public IEnumerator<Dimension> GetEnumerator() => ((IEnumerable<Dimension>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => _dimensions.Aggregate(Rank, HashCode.Combine);

    /// <summary>The printed form, for example <c>[batch, 3, 256, 256]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", (object[])_dimensions)}]";
}
