namespace Karl.Graphs.Internals;

/// <summary>The names of a graph: which are taken, what stands before the next, and which number it gets.</summary>
internal sealed class NameRegistry
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Stack<string> _scopes = new();

    public string Here => _scopes.TryPeek(out var scope) ? scope : "graph";

    public IEnumerable<string> All => _tensors.Keys;

    public IDisposable Scope(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _scopes.Push(Qualify(name));
        return new ScopeEnd(_scopes, _scopes.Count);
    }

    public string Qualify(string name) => _scopes.TryPeek(out var scope) ? $"{scope}.{name}" : name;

    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    public void Add(Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tensor.Name, "name");
        if (!_tensors.TryAdd(tensor.Name, tensor))
        {
            throw new ArgumentException($"The name '{tensor.Name}' is taken by {_tensors[tensor.Name]} ({_tensors[tensor.Name].Kind}); wanted for {tensor.Type.Word()} {tensor.Shape} ({tensor.Kind}).");
        }
    }

    public void Rename(Tensor tensor, string name)
    {
        if (_tensors.TryGetValue(name, out var other) && other != tensor)
        {
            throw new ArgumentException($"The name '{name}' is taken by {other}; {tensor} cannot have it too.");
        }
        _tensors.Remove(tensor.Name);
        tensor.Name = name;
        tensor.HasAutomaticName = false;
        _tensors.Add(name, tensor);
    }

    /// <summary>Keeps names from being given automatically.</summary>
    public void Reserve(IEnumerable<string> names) => _reserved.UnionWith(names);

    public bool IsReserved(string name) => _reserved.Contains(name);

    public string NextResult(Operator @operator) => Next(Qualify(Underscored(@operator.ToString())));

    public string NextConstant() => Next("constant");

    private string Next(string stem)
    {
        while (true)
        {
            var count = _counts[stem] = _counts.GetValueOrDefault(stem, -1) + 1;
            var name = $"{stem}_{count}";
            if (!_tensors.ContainsKey(name) && !_reserved.Contains(name)) return name;
        }
    }

    private static string Underscored(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 && char.IsLower(name[index - 1]) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    private sealed class ScopeEnd(Stack<string> scopes, int depth) : IDisposable
    {
        public void Dispose()
        {
            if (scopes.Count != depth) throw new InvalidOperationException("Scopes must end in the reverse order of their beginning; use 'using'.");
            scopes.Pop();
        }
    }
}
