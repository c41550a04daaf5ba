using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Microsoft.ML.Karl.Internals.Models;

/// <summary>A model bundle that can be read again when the pipeline is saved: an open file, or bytes that came out of a saved pipeline.</summary>
internal sealed class ModelContent : IDisposable
{
    private readonly Stream _stream;
    private readonly Lock _lock = new();

    private ModelContent(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
        Bundle = Bundle.Open(stream, name, leaveOpen: true);
    }

    /// <summary>How messages call it.</summary>
    public string Name { get; }

    public Bundle Bundle { get; }

    /// <summary>Opens a file and keeps it open, so that it is there when it is to be saved, even if it was deleted; or a model that comes with the library.</summary>
    public static ModelContent OpenFile(string? path)
    {
        if (IncludedModel.Of(path) is IncludedModel included)
        {
            return new ModelContent(included.OpenRead(), included.FileName);
        }

        FileStream stream = new(path!, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.RandomAccess);
        try
        {
            return new ModelContent(stream, Path.GetFileName(path!));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public static ModelContent FromBytes(byte[] bytes, string name) => new(new MemoryStream(bytes, writable: false), name);

    /// <summary>What the bundle at a path says about itself.</summary>
    public static BundleManifest ManifestOf(string? path)
    {
        using Bundle bundle = IncludedModel.Of(path)?.Open() ?? Bundle.Open(path!);
        return bundle.Manifest;
    }

    /// <summary>The whole bundle. Nothing else may be read from it meanwhile.</summary>
    public byte[] ReadAll()
    {
        lock (_lock)
        {
            byte[] bytes = new byte[_stream.Length];
            _stream.Position = 0;
            _stream.ReadExactly(bytes);
            return bytes;
        }
    }

    public void Dispose()
    {
        Bundle.Dispose();
        _stream.Dispose();
    }
}
