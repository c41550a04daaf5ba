using Karl.Tokenizers.Demonstration.Internals;

namespace Karl.Tokenizers.Demonstration;

/// <summary>Pictures of our own, from the simplest to the most complex: to try a tokenizer where no photos are at hand.</summary>
public static class DemonstrationImages
{
    /// <summary>Smallest side that they are drawn with, in pixels.</summary>
    public const int SmallestSize = 16;

    /// <summary>Largest side that they are drawn with, in pixels.</summary>
    public const int LargestSize = 4096;

    /// <summary>All of them; a tokenizer that adapts should need more tokens from one to the next, roughly.</summary>
    public static IReadOnlyList<DemonstrationImage> All { get; } =
    [
        new("flat", "one colour: as simple as an image can be", Patterns.Flat),
        new("gradient", "four colours that blend: smooth, and nowhere the same", Patterns.Gradient),
        new("chessboard", "a chessboard: sharp edges, yet described in a few words", Patterns.Chessboard),
        new("scene", "spheres on a floor at sunset: light, shadow and mirrors", Scene.Draw),
        new("text", "a page of text: fine strokes, where each one matters", TextPage.Draw),
        new("mandelbrot", "the edge of the Mandelbrot set: a short formula that looks complex", Mandelbrot.Draw),
        new("noise", "independent random pixels: nothing to be found in it", Patterns.Noise),
    ];

    /// <summary>Kinds of which any number can be drawn, none of them photos: for experiments with images that a tokenizer was not made for.</summary>
    public static IReadOnlyList<DemonstrationKind> Kinds { get; } =
    [
        new("graphics", "flat colours, gradients, chessboards, stripes, discs and parts of the Mandelbrot set", GraphicVariants.Draw),
        new("noise", "random values of several grains, coloured or grey, even, bell-shaped or of two values", NoiseVariants.Draw),
        new("text", "pages of random words, dark on light or light on dark, in one or two columns", TextVariants.Draw),
    ];
}
