using Karl.Networks;

namespace Karl.Training.Steps;

/// <summary>A whole One-D-Piece of 16 x 16 pixels, 16 2D tokens and 12 tokens; images and steps are <see cref="TinyKarl"/>'s.</summary>
internal static class TinyOneDPiece
{
    public static OneDPieceArchitecture Architecture(string kind, bool mixesLatents = false) => new(TinyKarl.Base(kind), new(32, 2, 2), new(24, 2, 3))
    {
        LatentCodebookSize = 20,
        LatentWidth = 5,
        MaximumLatents = 12,
        ImageSize = 16,
        MixesLatents = mixesLatents,
    };
}
