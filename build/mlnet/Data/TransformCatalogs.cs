using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Steps between types.</summary>
public static class ConversionsExtensionsCatalog
{
    /// <summary>Keys into what they stand for.</summary>
    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
        new(outputColumnName, inputColumnName ?? outputColumnName);

    /// <summary>Texts into keys.</summary>
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null) => keyData is null && !addKeyValueAnnotationsAsText
            ? new(outputColumnName, inputColumnName ?? outputColumnName, maximumNumberOfKeys, keyOrdinality)
            : throw new NotSupportedException("The double of ML.NET learns its keys from the texts that it is fitted on.");
}

/// <summary>Steps for columns as they are.</summary>
public static class TransformExtensionsCatalog
{
    /// <summary>Copies a column.</summary>
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) => new(outputColumnName, inputColumnName);
}
