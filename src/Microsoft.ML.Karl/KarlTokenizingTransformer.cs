using Microsoft.ML.Karl.Internals;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl;

/// <summary>Turns a column of images into columns of tokens and features; the result of fitting a <see cref="KarlTokenizingEstimator"/>.</summary>
public sealed class KarlTokenizingTransformer : KarlImageTransformer
{
    internal KarlTokenizingTransformer(ImageStageSettings settings, ModelContent content, ModelSettings model, ContextLink context)
        : base(StageKind.Tokenize, settings, content, model, context)
    {
    }
}
