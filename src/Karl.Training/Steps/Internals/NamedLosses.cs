using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>Losses by the names that people read, and their weighted sum.</summary>
internal sealed class NamedLosses(Graph graph)
{
    private readonly List<string> _names = [];

    /// <summary>The sum of all, times their weights.</summary>
    public Tensor? Sum { get; private set; }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds a loss as an output.</summary>
    public void Add(string name, Tensor loss, double weight) => Add(name, loss, weight == 1 ? null : loss.Like(weight));

    /// <summary>Adds a loss as an output, with a weight that is a single number of the graph; 1 where null.</summary>
    public void Add(string name, Tensor loss, Tensor? weight)
    {
        graph.Output(name, loss);
        _names.Add(name);
        var counted = weight is null ? loss : loss * weight;
        Sum = Sum is null ? counted : Sum + counted;
    }
}
