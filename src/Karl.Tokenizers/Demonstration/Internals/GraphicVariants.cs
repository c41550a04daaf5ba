using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Pictures that a few words or a formula describe.</summary>
internal static class GraphicVariants
{
    private const int Samples = 2;

    /// <summary>Places where the Mandelbrot set's edge is rich, and the widest part that stays so.</summary>
    private static readonly (double X, double Y, double Width)[] Edges =
        [(-0.7436, 0.1318, 0.02), (-0.16, 1.0405, 0.05), (0.275, 0.007, 0.03), (-1.25066, 0.02012, 0.01), (-0.748, 0.1, 0.05), (-0.5, 0, 2.6)];

    public static RgbImage Draw(int seed, int size)
    {
        VariantRandom random = new(seed);
        return random.Below(6) switch
        {
            0 => Flat(random, size),
            1 => Gradient(random, size),
            2 => Chessboard(random, size),
            3 => Stripes(random, size),
            4 => Discs(random, size),
            _ => Fractal(random, size),
        };
    }

    private static RgbImage Flat(VariantRandom random, int size)
    {
        Vector3 color = random.Color();
        return Canvas.Paint(size, 1, (_, _) => color);
    }

    private static RgbImage Gradient(VariantRandom random, int size)
    {
        (Vector3 topLeft, Vector3 topRight, Vector3 bottomLeft, Vector3 bottomRight) = (random.Color(), random.Color(), random.Color(), random.Color());
        return Canvas.Paint(size, 1, (x, y) => Vector3.Lerp(Vector3.Lerp(topLeft, topRight, x), Vector3.Lerp(bottomLeft, bottomRight, x), y));
    }

    private static RgbImage Chessboard(VariantRandom random, int size)
    {
        (Vector3 one, Vector3 other) = (random.Color(), random.Color());
        int squares = 2 + random.Below(15);
        return Canvas.Paint(size, Samples, (x, y) => ((int)(x * squares) + (int)(y * squares)) % 2 == 0 ? one : other);
    }

    private static RgbImage Stripes(VariantRandom random, int size)
    {
        (Vector3 one, Vector3 other) = (random.Color(), random.Color());
        (float sine, float cosine) = MathF.SinCos(random.Between(0, MathF.PI));
        float pairs = random.Between(2, 16);
        return Canvas.Paint(size, Samples, (x, y) => (int)MathF.Floor(2 * pairs * ((x * cosine) + (y * sine))) % 2 == 0 ? one : other);
    }

    private static RgbImage Discs(VariantRandom random, int size)
    {
        Vector3 ground = random.Color();
        (Vector2 Middle, float Radius, Vector3 Color)[] discs =
            [.. Enumerable.Range(0, 1 + random.Below(12)).Select(_ => (new Vector2(random.Between(0, 1), random.Between(0, 1)), random.Between(0.03f, 0.3f), random.Color()))];
        return Canvas.Paint(size, Samples, (x, y) =>
        {
            int top = Array.FindLastIndex(discs, disc => Vector2.DistanceSquared(disc.Middle, new Vector2(x, y)) < disc.Radius * disc.Radius);
            return top < 0 ? ground : discs[top].Color;
        });
    }

    private static RgbImage Fractal(VariantRandom random, int size)
    {
        (double x, double y, double most) = Edges[random.Below(Edges.Length)];
        double width = most * random.Between(0.2f, 1);
        return Mandelbrot.Draw(size, Samples, x + (width * random.Between(-0.2f, 0.2f)), y + (width * random.Between(-0.2f, 0.2f)), width);
    }
}
