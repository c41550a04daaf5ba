using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Tokenizers;

namespace Karl.Export.Exporting.Internals;

/// <summary>Compares what a network needs with what a checkpoint has.</summary>
internal static class WeightCheck
{
    private const int MostListed = 40;

    /// <summary>Throws one error that lists every missing, extra and misshapen weight.</summary>
    public static void Require(StateDict weights, NameMap names, IEnumerable<Graph> graphs, Func<string, bool>? isTrainingOnly = null)
    {
        isTrainingOnly ??= KarlNames.IsTrainingOnly;
        var needed = graphs.SelectMany(graph => graph.Parameters).GroupBy(parameter => names.ToPublished(parameter.Name), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Shape, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (name, shape) in needed)
        {
            if (!weights.TryGet(name, out var tensor)) problems.Add($"'{name}' {shape} is missing");
            else if (!Shape.Of(tensor.Shape).Equals(shape)) problems.Add($"'{name}' is {Shape.Of(tensor.Shape)}, and {shape} is needed");
        }
        problems.AddRange(weights.Names.Where(name => !needed.ContainsKey(name) && !isTrainingOnly(name)).Select(name => $"'{name}' is not part of this architecture"));
        if (problems.Count == 0) return;
        var more = problems.Count > MostListed ? $"; and {problems.Count - MostListed} more" : string.Empty;
        throw new KarlFormatException($"'{weights.Source}' does not fit its architecture: {string.Join("; ", problems.Take(MostListed))}{more}.");
    }
}
