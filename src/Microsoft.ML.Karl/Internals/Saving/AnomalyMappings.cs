using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>How ML.NET finds the mapping of a saved stage that tells anomalies, by the kind of its input.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AnomalyImageMapping : CustomMappingFactory<ImageRow, PortableAnomaly>
{
    public const string Contract = "Karl.AnomalyImage";

    public override Action<ImageRow, PortableAnomaly> GetMapping() => PortableAnomalies.Map;
}

/// <inheritdoc cref="AnomalyImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AnomalyPathMapping : CustomMappingFactory<PathRow, PortableAnomaly>
{
    public const string Contract = "Karl.AnomalyPath";

    public override Action<PathRow, PortableAnomaly> GetMapping() => PortableAnomalies.Map;
}

/// <inheritdoc cref="AnomalyImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AnomalyEncodedMapping : CustomMappingFactory<EncodedRow, PortableAnomaly>
{
    public const string Contract = "Karl.AnomalyEncoded";

    public override Action<EncodedRow, PortableAnomaly> GetMapping() => PortableAnomalies.Map;
}

/// <inheritdoc cref="AnomalyImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AnomalyPixelsMapping : CustomMappingFactory<PixelsRow, PortableAnomaly>
{
    public const string Contract = "Karl.AnomalyPixels";

    public override Action<PixelsRow, PortableAnomaly> GetMapping() => PortableAnomalies.Map;
}
