using Microsoft.ML.Karl.Internals.Imaging;

namespace Microsoft.ML.Karl.Internals.Anomalies;

/// <summary>The images of all rows, some at a time.</summary>
internal static class NormalRows
{
    /// <summary>Reads rows; those without an image are passed over, and so are unreadable ones where they are to be marked.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="images">How images are read.</param>
    /// <param name="settings">The same.</param>
    /// <param name="take">Gets <c>[images, 3, size, size]</c> of up to a batch.</param>
    public static void Read(IDataView input, ImageStage images, ImageStageSettings settings, Action<float[]> take)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(images.InputsOf(input.Schema));
        Action throwIfCancelled = images.WatchCancellation();
        Func<ImageItem> read = images.CreateReader(cursor, background: true);
        List<ImageItem> items = [];
        try
        {
            while (cursor.MoveNext())
            {
                throwIfCancelled();
                items.Add(read());
                if (items.Count == settings.BatchSize)
                {
                    TakeAll();
                }
            }

            TakeAll();
        }
        finally
        {
            items.ForEach(item => item.Dispose());
        }

        void TakeAll()
        {
            string? error = settings.UnreadableImages == KarlUnreadableImages.Throw ? items.Select(item => item.Pixels.Error).FirstOrDefault(problem => problem is not null) : null;
            if (error is not null)
            {
                throw GuardedColumn.Unreadable(settings.Input, error);
            }

            PreparedPixels[] sound = [.. items.Select(item => item.Pixels).Where(pixels => pixels.HasImage)];
            if (sound.Length > 0)
            {
                take(Together(sound, images.ImageSize));
            }

            items.ForEach(item => item.Dispose());
            items.Clear();
        }
    }

    /// <summary>Images side by side in one array of exactly their length.</summary>
    public static float[] Together(PreparedPixels[] images, int imageSize)
    {
        int count = 3 * imageSize * imageSize;
        float[] together = new float[images.Length * count];
        for (int index = 0; index < images.Length; index++)
        {
            images[index].Values.AsSpan(0, count).CopyTo(together.AsSpan(index * count));
        }

        return together;
    }
}
