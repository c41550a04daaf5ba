using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A row with the payload of its stage.</summary>
internal abstract class PayloadRow
{
    public const string Column = "Karl.Payload";
    public const string InputColumn = "Karl.Input";

    [ColumnName(Column)]
    public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }
}

/// <summary>A row with an image, in whichever form.</summary>
internal abstract class ImageInputRow : PayloadRow
{
    /// <summary>The image as the model is given it; to be disposed.</summary>
    public abstract ImageItem Read(ImageReading reading);
}

/// <summary>An image of any size: ML.NET wants a size to be named, and does not compare it.</summary>
internal sealed class ImageRow : ImageInputRow
{
    /// <summary>The column's type, which is one object for all that name the same size.</summary>
    public static DataViewType InputType => SchemaDefinition.Create(typeof(ImageRow))[InputColumn].ColumnType;

    [ColumnName(InputColumn)]
    [ImageType(1, 1)]
    public MLImage? Input { get; set; }

    public override ImageItem Read(ImageReading reading) => reading.FromImage(Input, background: false);
}

/// <summary>The path of an image.</summary>
internal sealed class PathRow : ImageInputRow
{
    [ColumnName(InputColumn)]
    public ReadOnlyMemory<char> Input { get; set; }

    public override ImageItem Read(ImageReading reading) => reading.FromPath(Input, background: false);
}

/// <summary>An encoded image.</summary>
internal sealed class EncodedRow : ImageInputRow
{
    [ColumnName(InputColumn)]
    public VBuffer<byte> Input { get; set; }

    public override ImageItem Read(ImageReading reading) => reading.FromEncoded(Input, background: false);
}

/// <summary>An image's pixels, or other numbers.</summary>
internal sealed class PixelsRow : ImageInputRow
{
    [ColumnName(InputColumn)]
    public VBuffer<float> Input { get; set; }

    public override ImageItem Read(ImageReading reading) => reading.FromPixels(Input);
}
