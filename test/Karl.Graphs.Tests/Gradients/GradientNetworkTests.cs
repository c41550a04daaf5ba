namespace Karl.Graphs.Tests.Gradients;

/// <summary>Everything together: a small network of the kinds of layer that the tokenizers are made of.</summary>
[TestClass]
public sealed class GradientNetworkTests
{
    [TestMethod]
    public void Network_AgainstCentralDifferences_Agrees()
    {
        var operators = GradientCheck.Run(Network, ElementType.Float32);

        foreach (var wanted in new[] { Operator.Convolution, Operator.LayerNormalization, Operator.Attention, Operator.Gelu, Operator.Gather, Operator.Sigmoid })
        {
            Assert.Contains(wanted, operators);
        }
    }

    /// <summary>An image through convolution, group normalization and patches into a transformer block with learned tokens, and a cross-entropy at the end; float32 <c>[batch, 3]</c>.</summary>
    internal static Tensor Network(GradientInputs inputs)
    {
        var image = inputs.X(["batch", 2, 4, 4], 2, 2, 4, 4);
        var map = image.Convolution(Weight(4, 2, 3, 3), Weight(4), padding: 1).GroupNormalization(2, Weight(4), Weight(4)).Swish();
        map = map.ResizeNearest(2).AveragePool(2) + map;
        var patches = map.Convolution(Weight(4, 4, 2, 2), Weight(4), stride: 2);                     // [batch, 4, 2, 2]
        var tokens = patches.Reshape("batch", 4, 4).Transpose(0, 2, 1);
        var learned = Weight(5, 4).Gather(inputs.These([0, 2, 2], 3)).Unsqueeze(0).Expand("batch", 3, 4);
        tokens = Tensor.Concat(1, tokens, learned);                                                  // [batch, 7, 4]

        var normal = tokens.LayerNormalization(Weight(4), Weight(4));
        var weight = Weight(12, 4);
        Tensor Third(int third) => normal.Linear(weight.Slice(0, third * 4, third * 4 + 4));
        tokens += Third(0).Attention(Third(1), Third(2), 2).Linear(Weight(4, 4), Weight(4));
        tokens += tokens.LayerNormalization(Weight(4), Weight(4)).Linear(Weight(8, 4), Weight(8)).Gelu().Linear(Weight(4, 8), Weight(4));

        var codes = Weight(6, 4).L2Normalize();
        return tokens.Slice(1, 4).L2Normalize().MatMul(codes.Transpose(1, 0)).CrossEntropy(inputs.These(["batch", 3], [0, 1, 5, 3, 3, 2], 2, 3));

        Tensor Weight(params int[] shape) => inputs.Between(-1, 1, shape);
    }
}
