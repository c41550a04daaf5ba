using Karl.Tokenizers;

namespace Microsoft.ML.Karl.Internals.Models;

/// <summary>A loaded model that all transformers with the same bundle and settings share, and with them their cursors and engines.</summary>
/// <remarks>It goes when the last of them is disposed and no run is under way, or when all of them are forgotten.</remarks>
internal sealed class SharedModel
{
    private static readonly Lock AllLock = new();
    private static readonly Dictionary<string, WeakReference<SharedModel>> All = [];

    private readonly Lock _lock = new();
    private readonly ImageTokenizer _tokenizer;
    private int _users;
    private bool _isDisposed;

    private SharedModel(ImageTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>A share in the model; the model is loaded if nobody has one.</summary>
    public static ModelShare Open(ModelContent content, ModelSettings settings)
    {
        string key = string.Join('|', [.. content.Bundle.Manifest.Parts.Select(part => part.Sha256), (settings with { Warn = null }).ToString()]);
        lock (AllLock)
        {
            if (All.TryGetValue(key, out WeakReference<SharedModel>? reference) && reference.TryGetTarget(out SharedModel? known) && known.TryAdd())
            {
                return new ModelShare(known, content.Bundle.Manifest);
            }

            foreach (string forgotten in All.Where(pair => !pair.Value.TryGetTarget(out _)).Select(pair => pair.Key).ToArray())
            {
                All.Remove(forgotten);
            }

            SharedModel model = new(ImageTokenizer.Load(content.Bundle, settings.ToOptions()));
            model.TryAdd();
            All[key] = new WeakReference<SharedModel>(model);
            return new ModelShare(model, content.Bundle.Manifest);
        }
    }

    /// <summary>The model itself, which is there while the caller holds a use.</summary>
    public ImageTokenizer Tokenizer => _tokenizer;

    /// <summary>One user more, unless the model is gone.</summary>
    public bool TryAdd()
    {
        lock (_lock)
        {
            _users += _isDisposed ? 0 : 1;
            return !_isDisposed;
        }
    }

    /// <summary>One user less; the last one disposes the model.</summary>
    public void Remove()
    {
        lock (_lock)
        {
            if (--_users > 0 || _isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _tokenizer.Dispose();
    }
}
