using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>What a probe can be trained on.</summary>
internal static class ProbeInputs
{
    /// <exception cref="ArgumentException">There is no such column, or it is no vector of numbers.</exception>
    public static ColumnKind RequireFeatures(IReadOnlyList<ColumnKind> columns, string name)
    {
        const string Wanted = "a vector of Single of fixed size (features)";
        ColumnKind features = ColumnKind.Find(columns, name, Wanted);
        return features.IsVector && !features.IsKey && features.Item == typeof(float) ? features : throw features.Unfit(Wanted);
    }

    /// <exception cref="ArgumentException">There is no such column, or it is no key.</exception>
    public static ColumnKind RequireLabel(IReadOnlyList<ColumnKind> columns, string name)
    {
        const string Wanted = "a key of UInt32 (mlContext.Transforms.Conversion.MapValueToKey makes one)";
        ColumnKind label = ColumnKind.Find(columns, name, Wanted);
        return !label.IsVector && label.IsKey && label.Item == typeof(uint) ? label : throw label.Unfit(Wanted);
    }
}
