using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A row's name, 128 bits.</summary>
public readonly struct DataViewRowId : IEquatable<DataViewRowId>
{
    /// <summary>The lower half.</summary>
    public readonly ulong Low;

    /// <summary>The upper half.</summary>
    public readonly ulong High;

    /// <summary>A name of halves.</summary>
    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <inheritdoc/>
    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Low, High);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
