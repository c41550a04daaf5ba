using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>LPIPS as one graph over two images.</summary>
/// <remarks>
/// Inputs: <c>original</c> and <c>image</c>, float32 <c>[batch, 3, height, width]</c>, 0 to 1. Output: <c>distance</c> float32 <c>[batch]</c>, 0 for equal images.
/// Features at each place have length 1; squared differences are weighted by channel and averaged over places, and the five maps are added up. Weights:
/// <c>features.n</c>, numbered as in torchvision, and <c>linear.0</c> to <c>linear.4</c>.
/// </remarks>
public static class LpipsNetwork
{
    private const double Tiny = 1e-10;
    private static readonly float[] Mean = [-0.030f, -0.088f, -0.188f], Deviation = [0.458f, 0.448f, 0.450f];

    /// <summary>Kernel, stride and padding of AlexNet's convolutions by their number; a pool stands before the second and third.</summary>
    private static readonly (int Number, int Kernel, int Stride, int Padding, bool PoolBefore)[] AlexNetLayers = [(0, 11, 4, 2, false), (3, 5, 1, 2, true), (6, 3, 1, 1, true), (8, 3, 1, 1, false), (10, 3, 1, 1, false)];

    /// <summary>Numbers of VGG16's convolutions, all 3 x 3, between its pools.</summary>
    private static readonly int[][] Vgg16Layers = [[0, 2], [5, 7], [10, 12, 14], [17, 19, 21], [24, 26, 28]];

    /// <summary>Describes the graph.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(LpipsArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("lpips");
        var originals = Features(architecture, graph.Input("original", ElementType.Float32, "batch", 3, "height", "width"));
        var others = Features(architecture, graph.Input("image", ElementType.Float32, "batch", 3, "height", "width"));
        var distance = Enumerable.Range(0, originals.Count).Select(map => Distance(originals[map], others[map], $"linear.{map}")).Aggregate((one, other) => one + other);
        graph.Output("distance", distance);
        return graph;
    }

    private static List<Tensor> Features(LpipsArchitecture architecture, Tensor image)
    {
        var graph = image.Graph;
        var mean = graph.Constant(TensorData.From(Mean, 1, 3, 1, 1));
        var deviation = graph.Constant(TensorData.From(Deviation, 1, 3, 1, 1));
        var map = (image * 2 - 1 - mean) / deviation;
        return architecture.Backbone == LpipsBackbone.AlexNet ? AlexNet(architecture, map) : Vgg16(architecture, map);
    }

    private static List<Tensor> AlexNet(LpipsArchitecture architecture, Tensor map)
    {
        var maps = new List<Tensor>();
        foreach (var (layer, channels) in AlexNetLayers.Zip(architecture.Channels))
        {
            if (layer.PoolBefore) map = map.MaxPool(3, 2);
            var name = $"features.{layer.Number}";
            map = map.Convolution(
                map.Graph.Parameter(name + ".weight", channels, map.Shape[1], layer.Kernel, layer.Kernel), map.Graph.Parameter(name + ".bias", channels), layer.Stride, layer.Padding).Relu();
            maps.Add(map);
        }
        return maps;
    }

    private static List<Tensor> Vgg16(LpipsArchitecture architecture, Tensor map)
    {
        var maps = new List<Tensor>();
        foreach (var (numbers, channels) in Vgg16Layers.Zip(architecture.Channels))
        {
            if (maps.Count > 0) map = map.MaxPool(2);
            foreach (var number in numbers) map = map.Convolved($"features.{number}", channels).Relu();
            maps.Add(map);
        }
        return maps;
    }

    /// <summary>One map's part of the distance, <c>[batch]</c>.</summary>
    private static Tensor Distance(Tensor original, Tensor other, string name)
    {
        var difference = Normalized(original) - Normalized(other);
        var weight = difference.Graph.Parameter(name + ".weight", 1, difference.Shape[1], 1, 1);
        return (difference * difference).Convolution(weight).ReduceMean([1, 2, 3]);
    }

    private static Tensor Normalized(Tensor map) => map / ((map * map).ReduceSum([1], keepDimensions: true).Sqrt() + Tiny);
}
