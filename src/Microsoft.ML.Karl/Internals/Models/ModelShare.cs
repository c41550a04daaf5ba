using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions;

namespace Microsoft.ML.Karl.Internals.Models;

/// <summary>A transformer's share in a loaded model.</summary>
internal sealed class ModelShare(SharedModel model, BundleManifest manifest) : IDisposable
{
    private int _isDisposed;

    public BundleManifest Manifest => manifest;

    public TokenizerDevice Device => model.Tokenizer.Device;

    /// <summary>Whether another share is in the same model.</summary>
    public bool IsOfSameModelAs(ModelShare other) => ReferenceEquals(model.Tokenizer, other.Use(tokenizer => tokenizer));

    /// <summary>Works with the model, which stays until the work is done.</summary>
    /// <exception cref="ObjectDisposedException">The share was given up.</exception>
    public TResult Use<TResult>(Func<ImageTokenizer, TResult> work)
    {
        if (Volatile.Read(ref _isDisposed) != 0 || !model.TryAdd())
        {
            throw new ObjectDisposedException(
                nameof(ITransformer),
                "The transformer was disposed, and its model with it. A PredictionEngine disposes the transformer that it was made from: give PredictionEngineOptions { OwnsTransformer = false } where others use it too.");
        }

        try
        {
            return work(model.Tokenizer);
        }
        finally
        {
            model.Remove();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            model.Remove();
        }
    }
}
