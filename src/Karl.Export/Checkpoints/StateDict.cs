using System.Diagnostics.CodeAnalysis;
using Karl.Tokenizers;

namespace Karl.Export.Checkpoints;

/// <summary>Named tensors in the order of the file. Shapes are known at once; values are read when asked for.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "PyTorch's name for it.")]
public sealed class StateDict : IReadOnlyCollection<CheckpointTensor>
{
    private readonly List<CheckpointTensor> _tensors;
    private readonly Dictionary<string, CheckpointTensor> _byName;

    internal StateDict(string source, List<CheckpointTensor> tensors)
    {
        Source = source;
        _tensors = tensors;
        _byName = tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Where it comes from, as messages say it: <c>checkpoint.pth: ema</c>.</summary>
    public string Source { get; }

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Count;

    /// <summary>Elements of all tensors together.</summary>
    public long ElementCount => _tensors.Sum(static tensor => tensor.Count);

    /// <summary>The names, in the order of the file.</summary>
    public IEnumerable<string> Names => _tensors.Select(static tensor => tensor.Name);

    /// <summary>A tensor by its name.</summary>
    /// <exception cref="KarlFormatException">There is none of that name.</exception>
    public CheckpointTensor this[string name] => TryGet(name, out var tensor)
        ? tensor
        : throw new KarlFormatException($"'{Source}' has no tensor '{name}' among its {Count}. Choose other weights or another checkpoint.");

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Finds a tensor by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <inheritdoc/>
    public IEnumerator<CheckpointTensor> GetEnumerator() => _tensors.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
