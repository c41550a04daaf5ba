using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Saving;

namespace Microsoft.ML;

/// <summary>What a context can do for pipelines with KARL stages.</summary>
public static class MLContextKarlExtensions
{
    /// <summary>Gives a loaded pipeline its batches back.</summary>
    /// <remarks>
    /// ML.NET loads only transformers that it knows, so that a saved KARL stage is loaded as a chain of those, which works on one row at a time.
    /// This puts the stage itself in that chain's place, wherever it is in the model, on the context's device. What is no KARL stage stays as it is.
    /// </remarks>
    /// <param name="context">The context whose device and cancellation count.</param>
    /// <param name="model">A model from <c>mlContext.Model.Load</c>.</param>
    /// <returns>A model that gives the same. Dispose it, rather than the loaded one.</returns>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">A stage in the model is damaged, or a newer version has saved it.</exception>
    public static ITransformer RestoreKarl(this MLContext context, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        return StageRestoring.Restore(model, ContextLink.Of(context.Transforms));
    }
}
