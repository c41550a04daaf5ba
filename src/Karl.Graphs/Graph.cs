using Karl.Graphs.Internals;

namespace Karl.Graphs;

/// <summary>
/// A computation described by name, type and shape: inputs, weights, nodes in the order they can be computed, outputs.
/// It computes nothing itself; <see cref="Onnx.OnnxWriter"/> writes it for ONNX Runtime.
/// </summary>
/// <param name="name">What the graph is called in files and errors.</param>
public sealed partial class Graph(string name = "graph")
{
    private readonly List<Tensor> _inputs = [];
    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _constants = [];
    private readonly List<Tensor> _outputs = [];
    private readonly HashSet<Tensor> _knownOutputs = [];
    private readonly List<Node> _nodes = [];
    private readonly NameRegistry _names = new();
    private readonly Dictionary<string, Tensor> _constantsByContent = new(StringComparer.Ordinal);

    /// <summary>What the graph is called in files and errors.</summary>
    public string Name { get; } = name;

    /// <summary>What the caller gives at every run, in order of declaration.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    /// <summary>The weights, in order of declaration.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>Values written down in the graph; equal ones are kept once.</summary>
    public IReadOnlyList<Tensor> Constants => _constants;

    /// <summary>What the caller gets, in order of declaration.</summary>
    public IReadOnlyList<Tensor> Outputs => _outputs;

    /// <summary>The nodes, each after all those it takes its inputs from.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Puts a prefix before every name given until the result is disposed: <c>using (graph.Scope("encoder"))</c> makes <c>encoder.weight</c>. Scopes nest.</summary>
    public IDisposable Scope(string name) => _names.Scope(name);

    /// <summary>Declares what the caller gives at every run. The name is used as it is, outside any scope.</summary>
    /// <remarks>An int64 input of one element (<c>budget</c>) also names a length: cutting an axis at it gives a length of that name.</remarks>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Tensor Input(string name, ElementType type, params Dimension[] shape)
    {
        var tensor = Register(new Tensor(this, name, TensorKind.Input, type, new Shape(shape))
        {
            Lengths = type == ElementType.Int64 && shape.Length <= 1 && shape.All(length => length == 1) ? [Dimension.Named(name)] : null,
        });
        _inputs.Add(tensor);
        return tensor;
    }

    /// <summary>Declares a float32 weight, named within the current scope. Asked for again with the same shape, it is the same weight.</summary>
    /// <exception cref="ArgumentException">The shape is symbolic, or the name is taken by something else.</exception>
    public Tensor Parameter(string name, params Dimension[] shape) => Parameter(name, ElementType.Float32, shape);

    /// <summary>Declares a weight, named within the current scope. Asked for again with the same type and shape, it is the same weight.</summary>
    /// <exception cref="ArgumentException">The shape is symbolic, or the name is taken by something else.</exception>
    public Tensor Parameter(string name, ElementType type, params Dimension[] shape) =>
        AddParameter(_names.Qualify(name), type, new Shape(shape), null);

    /// <summary>Declares a weight together with its values, named within the current scope.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Tensor Parameter(string name, TensorData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return AddParameter(_names.Qualify(name), data.Type, Shape.Of(data.Shape), data);
    }

    /// <summary>Values written down in the graph.</summary>
    public Tensor Constant(TensorData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var content = ConstantContent.Key(data);
        return _constantsByContent.TryGetValue(content, out var known) ? known : AddConstant(_names.NextConstant(), data, content);
    }

    /// <summary>A single number, without axes.</summary>
    public Tensor Scalar(double value, ElementType type = ElementType.Float32) => Constant(TensorData.Scalar(value, type));

    /// <summary>A row of int64 numbers, <c>[count]</c>: axes, shapes, positions.</summary>
    public Tensor Integers(params long[] values) => Constant(TensorData.From(values, values.Length));

    /// <summary>A row of float32 numbers, <c>[count]</c>.</summary>
    public Tensor Floats(params float[] values) => Constant(TensorData.From(values, values.Length));

    /// <summary>
    /// Makes a tensor an output under this name, outside any scope. A tensor that already has a name of its own
    /// keeps it, and an identity node carries the output's.
    /// </summary>
    /// <exception cref="ArgumentException">Another tensor has the name.</exception>
    public Tensor Output(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Own(tensor, "output '" + name + "'");
        var output = tensor.Kind == TensorKind.Result && tensor.Name == name ? tensor : NameExactly(tensor, name);
        AddOutput(output);
        return output;
    }

    /// <summary>The tensor of that name; null where there is none.</summary>
    public Tensor? Find(string name) => _names.Find(name);

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Tensor this[string name] => Find(name) ?? throw new ArgumentException($"Graph '{Name}' has no tensor named '{name}'.");

    /// <summary>The whole graph as text, the same for the same graph: see <c>docs/graphs.md</c>.</summary>
    public override string ToString() => GraphPrinter.Print(this);

    internal Tensor AddParameter(string name, ElementType type, Shape shape, TensorData? data)
    {
        if (!shape.IsFixed) throw new ArgumentException($"Weight '{name}' has shape {shape}; a weight needs fixed lengths.");
        if (data is null && Find(name) is { Kind: TensorKind.Parameter, Data: null } known && known.Type == type && known.Shape.Equals(shape)) return known;
        var tensor = Register(new Tensor(this, name, TensorKind.Parameter, type, shape)
        {
            Data = data,
            Lengths = data is null ? null : ConstantContent.Lengths(data),
        });
        _parameters.Add(tensor);
        return tensor;
    }

    /// <summary>A constant of this very name, even where an equal one is there.</summary>
    internal Tensor AddConstant(string name, TensorData data) => AddConstant(name, data, ConstantContent.Key(data));

    /// <summary>Makes a tensor an output under the name it has.</summary>
    internal void AddOutput(Tensor tensor)
    {
        if (!_knownOutputs.Add(tensor)) throw new ArgumentException($"'{tensor.Name}' is an output already; give the second one a name of its own.");
        tensor.HasAutomaticName = false;
        _outputs.Add(tensor);
    }

    internal Tensor NameExactly(Tensor tensor, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!tensor.HasAutomaticName)
        {
            tensor = tensor.Identity();
        }
        _names.Rename(tensor, name);
        return tensor;
    }

    /// <summary>Every name in use.</summary>
    internal IEnumerable<string> AllNames => _names.All;

    internal void Rename(Tensor tensor, string name, bool isAutomatic)
    {
        _names.Rename(tensor, name);
        tensor.HasAutomaticName = isAutomatic;
    }

    internal void Reserve(IEnumerable<string> names) => _names.Reserve(names);

    internal bool IsReserved(string name) => _names.IsReserved(name);

    private Tensor AddConstant(string name, TensorData data, string content)
    {
        var tensor = Register(new Tensor(this, name, TensorKind.Constant, data.Type, Shape.Of(data.Shape))
        {
            Data = data,
            Lengths = ConstantContent.Lengths(data),
        });
        _constants.Add(tensor);
        _constantsByContent.TryAdd(content, tensor);
        return tensor;
    }

    private Tensor Register(Tensor tensor)
    {
        _names.Add(tensor);
        return tensor;
    }

    private void Own(Tensor tensor, string place)
    {
        if (tensor.Graph != this)
        {
            throw new ArgumentException($"{place} of graph '{Name}': tensor '{tensor.Name}' belongs to graph '{tensor.Graph.Name}'; build it in the same graph.");
        }
    }
}
