using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Schemas;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>What a column holds its images as.</summary>
internal enum ImageSource
{
    /// <summary><see cref="MLImage"/>.</summary>
    Image,

    /// <summary>Text: paths of files.</summary>
    Path,

    /// <summary>Vectors of bytes: encoded images.</summary>
    Encoded,

    /// <summary>Vectors of Single: the model's pixels.</summary>
    Pixels,
}

/// <summary>Tells what a column holds.</summary>
internal static class ImageSources
{
    /// <summary>A type of column that holds it.</summary>
    public static DataViewType TypeOf(ImageSource source) => source switch
    {
        ImageSource.Image => new ImageDataViewType(),
        ImageSource.Path => TextDataViewType.Instance,
        ImageSource.Encoded => new VectorDataViewType(NumberDataViewType.Byte),
        _ => new VectorDataViewType(NumberDataViewType.Single),
    };

    /// <param name="columns">All columns.</param>
    /// <param name="name">The one with the images.</param>
    /// <param name="imageSize">Height and width of the model's images.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds no images.</exception>
    public static ImageSource Find(IEnumerable<ColumnKind> columns, string name, int imageSize)
    {
        int values = 3 * imageSize * imageSize;
        string wanted = $"an image (MLImage), text (a path), a vector of Byte (an encoded image) or a vector of {values} Single (pixels, 3 x {imageSize} x {imageSize})";
        ColumnKind column = ColumnKind.Find(columns, name, wanted);
        return column switch
        {
            { IsKey: true } => throw column.Unfit(wanted),
            { IsVector: false } when column.Item == typeof(MLImage) => ImageSource.Image,
            { IsVector: false } when column.Item == typeof(ReadOnlyMemory<char>) => ImageSource.Path,
            { IsVector: true } when column.Item == typeof(byte) => ImageSource.Encoded,
            { IsVector: true } when column.Item == typeof(float) && (column.Size == 0 || column.Size == values) => ImageSource.Pixels,
            _ => throw column.Unfit(wanted),
        };
    }
}
