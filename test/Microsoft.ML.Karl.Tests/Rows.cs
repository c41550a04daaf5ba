using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What tests read of tokenized rows.</summary>
internal sealed class TokenRow
{
    public float[]? Features { get; set; }

    public float[]? Latents { get; set; }

    public uint[]? Codes { get; set; }

    public int[]? Positions { get; set; }

    public float Count { get; set; }

    public float[]? Halting { get; set; }

    public string? Error { get; set; }

    public int Number { get; set; }

    /// <summary>All that was read, as text, so that rows can be compared at once.</summary>
    public override string ToString() =>
        $"{Number}: {Count} [{Text(Features)}] [{Text(Latents)}] [{Text(Codes)}] [{Text(Positions)}] [{Text(Halting)}] '{Error}'";

    private static string Text<T>(T[]? values) => string.Join(' ', (values ?? []).Select(value => value is float number ? Math.Round(number, 4).ToString("0.####", null) : $"{value}"));
}

/// <summary>A row with an image in memory.</summary>
internal sealed class ImageInMemory
{
    [ImageType(40, 50)]
    public MLImage? Image { get; set; }

    public int Number { get; set; }
}

/// <summary>A row with an encoded image.</summary>
internal sealed class EncodedImage
{
    public byte[]? Bytes { get; set; }

    public int Number { get; set; }
}

/// <summary>A row with pixels.</summary>
internal sealed class PixelImage
{
    public float[]? Pixels { get; set; }

    public int Number { get; set; }
}

/// <summary>Names of all output columns, and reading of them.</summary>
internal static class Reading
{
    public static KarlTokenizeOptions WithAllColumns(this KarlTokenizeOptions options, bool quantized = true) => options with
    {
        LatentsColumnName = nameof(TokenRow.Latents),
        CodesColumnName = quantized ? nameof(TokenRow.Codes) : null,
        PositionsColumnName = nameof(TokenRow.Positions),
        CountColumnName = nameof(TokenRow.Count),
        HaltingColumnName = nameof(TokenRow.Halting),
        ErrorColumnName = nameof(TokenRow.Error),
    };

    public static TokenRow[] Read(this Workplace place, IDataView view) =>
        [.. place.Context.Data.CreateEnumerable<TokenRow>(view, reuseRowObject: false, ignoreMissingColumns: true)];

    public static string[] Texts(this Workplace place, IDataView view) => [.. place.Read(view).Select(row => row.ToString())];
}
