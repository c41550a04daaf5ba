namespace Microsoft.ML.Data;

/// <summary>A vector whose memory is used again. The real one can be sparse, this one is dense.</summary>
public readonly struct VBuffer<T>
{
    /// <summary>Items.</summary>
    public readonly int Length;

    private readonly T[]? _values;

    internal VBuffer(int length, T[] values)
    {
        Length = length;
        _values = values;
    }

    /// <summary>Whether all items are stored: true.</summary>
    public bool IsDense => true;

    internal T[] Memory => _values ?? [];

    /// <summary>The items that are stored: all of them.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, Length);

    /// <summary>All items.</summary>
    public IEnumerable<T> DenseValues() => new ArraySegment<T>(Memory, 0, Length);

    /// <summary>An item.</summary>
    public T GetItemOrDefault(int index) => GetValues()[index];

    /// <summary>Copies all items into another vector.</summary>
    public void CopyTo(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        GetValues().CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Copies all items.</summary>
    public void CopyTo(Span<T> destination) => GetValues().CopyTo(destination);
}

/// <summary>Makes vectors of the memory of others.</summary>
public static class VBufferEditor
{
    /// <summary>Begins a vector, in another's memory where that is large enough.</summary>
    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null, int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false) =>
        (valuesCount ?? newLogicalLength) == newLogicalLength && maxValuesCapacity is null && !keepOldOnResize && !requireIndicesOnDense
            ? new VBufferEditor<T>(newLogicalLength, destination.Memory.Length >= newLogicalLength ? destination.Memory : new T[newLogicalLength])
            : throw new NotSupportedException("The double of ML.NET has no sparse vectors.");
}

/// <summary>A vector that is being made.</summary>
public readonly ref struct VBufferEditor<T>
{
    /// <summary>The items, to be filled.</summary>
    public readonly Span<T> Values;

    private readonly T[] _memory;

    internal VBufferEditor(int length, T[] memory)
    {
        _memory = memory;
        Values = memory.AsSpan(0, length);
    }

    /// <summary>The vector.</summary>
    public VBuffer<T> Commit() => new(Values.Length, _memory);
}
