using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Graphs;

namespace Karl.Export.Exporting.Internals;

/// <summary>A checkpoint's weights under our names, read one at a time.</summary>
internal sealed class CheckpointWeights(StateDict weights, NameMap names) : IWeightSource
{
    public TensorData Get(string name)
    {
        var tensor = weights[names.ToPublished(name)];
        return TensorData.From(tensor.ReadFloat32(), [.. tensor.Shape]);
    }
}
