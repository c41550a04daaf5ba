using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;

namespace Karl.Training.Steps.Internals;

/// <summary>Once through One-D-Piece, with tail drop (section 3.2): the decoder is given the first tokens, as many as the input <c>budget</c> says.</summary>
/// <param name="Image"><c>[batch, 3, size, size]</c>, 0 to 1.</param>
/// <param name="Tokens">From all latents to what the base decoder makes of the first ones.</param>
internal sealed record OneDPiecePass(Tensor Image, TokenPass Tokens)
{
    /// <summary>Adds the nodes, with the inputs <c>image</c> and <c>budget</c>.</summary>
    public static OneDPiecePass Of(StepBuilder builder, OneDPieceArchitecture architecture)
    {
        var image = builder.Image();
        var budget = builder.Graph.Input("budget", ElementType.Int64, 1);
        var quantization = builder.Quantization();
        var patches = BaseNetwork.Patches(architecture.Base, image, architecture.Encoder.Width);
        var latents = OneDPieceEncoder.Latents(architecture, OneDPieceEncoder.LatentOutputs(architecture, patches));
        return new(image, new TokenPass(architecture, latents, Predict, quantization));

        Tensor Predict(Tensor given) =>
            OneDPieceDecoder.Prediction(architecture, OneDPieceDecoder.ImageTokens(architecture, given.First(1, budget), rows => rows.First(0, budget)));
    }
}
