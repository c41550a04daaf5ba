using Microsoft.ML.Karl.Internals;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl;

/// <summary>Tells how complex the images of a column are; the result of fitting a <see cref="KarlComplexityEstimator"/>.</summary>
public sealed class KarlComplexityTransformer : KarlImageTransformer
{
    internal KarlComplexityTransformer(ImageStageSettings settings, ModelContent content, ModelSettings model, ContextLink context)
        : base(StageKind.Complexity, settings, content, model, context)
    {
    }
}
