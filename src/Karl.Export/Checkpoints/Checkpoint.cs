using System.Security.Cryptography;
using Karl.Export.Checkpoints.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints;

/// <summary>A published checkpoint, read without Python and without executing anything it asks for.</summary>
/// <remarks>
/// PyTorch zip files (<c>.pth</c>, <c>.ckpt</c>, <c>.bin</c>, <c>.pt</c>) and safetensors, told apart by content. Opening reads names and shapes;
/// values are read tensor by tensor, so memory stays near the largest one. Keep it open while its tensors are in use.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private static readonly string[] PreferredWeights = ["ema", "model", "state_dict", string.Empty];
    private readonly ByteSource _source;
    private readonly CheckpointContent _content;
    private CheckpointProvenance? _provenance;

    private Checkpoint(ByteSource source, CheckpointContent content)
    {
        _source = source;
        _content = content;
    }

    /// <summary>How the file is stored.</summary>
    public CheckpointFormat Format => _content.Format;

    /// <summary>What lies at the top of the file, in its order.</summary>
    public IReadOnlyList<CheckpointEntry> Entries => _content.Entries;

    /// <summary>The arguments of the training run (<c>args</c>, else <c>hyper_parameters</c>, else <c>config</c>); empty if the file remembers none.</summary>
    public IReadOnlyList<CheckpointArgument> Arguments => _content.Arguments;

    /// <summary>The <c>__metadata__</c> of a safetensors file; empty otherwise.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _content.Metadata;

    /// <summary>Opens a file.</summary>
    /// <exception cref="KarlFormatException">The file is no checkpoint, is damaged, or asks for anything that is not data.</exception>
    public static Checkpoint Open(string path, CheckpointOptions? options = null) => Read(ByteSource.FromFile(path), options);

    /// <summary>Reads a checkpoint from memory; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="KarlFormatException">The bytes are no checkpoint, are damaged, or ask for anything that is not data.</exception>
    public static Checkpoint Parse(ReadOnlyMemory<byte> file, string name, CheckpointOptions? options = null)
        => Read(ByteSource.FromMemory(file, name), options);

    /// <summary>
    /// The weights under a name; without one <c>ema</c>, else <c>model</c>, else <c>state_dict</c>, else those of a file that is nothing but weights.
    /// </summary>
    /// <exception cref="KarlFormatException">There are no such weights; the message lists those that exist.</exception>
    public StateDict Weights(string? choice = null)
    {
        foreach (var name in choice is null ? PreferredWeights : [choice])
        {
            if (_content.Weights.TryGetValue(name, out var weights))
            {
                return weights;
            }
        }

        if (choice is null && _content.Weights.Count == 1)
        {
            return _content.Weights.Values.Single();
        }

        var found = _content.Weights.Count == 0
            ? $"no weights; its entries are {List(Entries.Select(static entry => entry.Name))}"
            : _content.Weights.ContainsKey(string.Empty)
                ? "one state dict without a name: do not name any"
                : $"weights under {List(_content.Weights.Keys)}: choose one of these";
        throw new KarlFormatException($"'{_source.Name}' holds no weights{(choice is null ? " that can be told to be the ones" : $" '{choice}'")}, but {found}.");
    }

    /// <summary>File name, format, length and SHA-256; the whole file is read through once, then remembered.</summary>
    public CheckpointProvenance ComputeProvenance(CancellationToken cancellationToken = default)
    {
        if (_provenance is not null)
        {
            return _provenance;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (var offset = 0L; offset < _source.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, _source.Length - offset));
            _source.ReadExactly(offset, chunk);
            hash.AppendData(chunk);
            offset += chunk.Length;
        }

        return _provenance = new CheckpointProvenance(_source.Name, Format, _source.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Closes the file; its tensors cannot be read any more.</summary>
    public void Dispose() => _source.Dispose();

    private static Checkpoint Read(ByteSource source, CheckpointOptions? options)
    {
        options ??= new CheckpointOptions();
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumTensorElements, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaximumTensorElements, CheckpointOptions.HighestTensorElements);
            var content = FormatDetection.Detect(source) == CheckpointFormat.PyTorch
                ? TorchReader.Read(source, options)
                : SafetensorsReader.Read(source, options);
            return new Checkpoint(source, content);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(static name => $"'{Printable.Shorten(name)}'"));
}
