using Karl.Graphs;

namespace Karl.Export.Exporting.Internals;

/// <summary>Weights of a folded graph: computed by their recipes when asked for, or the original ones.</summary>
internal sealed class FoldedWeights(FoldedGraph folded, IWeightSource originals) : IWeightSource
{
    public TensorData Get(string name)
    {
        if (!folded.Recipes.TryGetValue(name, out var recipe)) return originals.Get(name);
        return GraphRun.Once(recipe, recipe.Inputs.ToDictionary(input => input.Name, input => originals.Get(input.Name)))[name];
    }
}
