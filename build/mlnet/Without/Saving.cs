using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Probe;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>Stands in for saving, which the double of ML.NET does not have: nobody can come here.</summary>
internal static class PortableImageChain
{
    public static ITransformer Create(StageKind kind, ImageStageSettings settings, ModelContent content) => throw WithoutMlNet.NotSaved();
}

/// <inheritdoc cref="PortableImageChain"/>
internal static class PortableTokenChain
{
    public static ITransformer Create(TokenStageSettings settings, ModelContent content) => throw WithoutMlNet.NotSaved();
}

/// <inheritdoc cref="PortableImageChain"/>
internal static class PortableProbeChain
{
    public static ITransformer Create(LinearModel model, ProbeLabels labels, ProbeColumns columns) => throw WithoutMlNet.NotSaved();
}

/// <inheritdoc cref="PortableImageChain"/>
internal static class PortableAnomalyChain
{
    public static ITransformer Create(AnomalyStageSettings settings, ModelContent content) => throw WithoutMlNet.NotSaved();
}

/// <summary>Where nothing is saved, no model has a saved stage in it.</summary>
internal static class StageRestoring
{
    public static ITransformer Restore(ITransformer model, ContextLink context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return model;
    }
}

internal static class WithoutMlNet
{
    public static NotSupportedException NotSaved() => new("Saving needs the package Microsoft.ML, in whose place this build took its double.");
}
