using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>How ML.NET finds the mapping of a saved stage, by the kind of its input.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageMapping : CustomMappingFactory<ImageRow, PortableTokens>
{
    public const string Contract = "Karl.Image";

    public override Action<ImageRow, PortableTokens> GetMapping() => PortableImages.Map;
}

/// <inheritdoc cref="ImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PathMapping : CustomMappingFactory<PathRow, PortableTokens>
{
    public const string Contract = "Karl.Path";

    public override Action<PathRow, PortableTokens> GetMapping() => PortableImages.Map;
}

/// <inheritdoc cref="ImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodedMapping : CustomMappingFactory<EncodedRow, PortableTokens>
{
    public const string Contract = "Karl.Encoded";

    public override Action<EncodedRow, PortableTokens> GetMapping() => PortableImages.Map;
}

/// <inheritdoc cref="ImageMapping"/>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelsMapping : CustomMappingFactory<PixelsRow, PortableTokens>
{
    public const string Contract = "Karl.Pixels";

    public override Action<PixelsRow, PortableTokens> GetMapping() => PortableImages.Map;
}
