/** Pictures that the map needs: the flag at the start, the arrow of direction; drawn here, fetched from nowhere. */

function drawn(size, paint) {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  paint(pen);
  return pen.getImageData(0, 0, size, size);
}

function flag(pen) {
  pen.lineWidth = 5;
  pen.strokeStyle = "#ffffff";
  pen.fillStyle = "#b3201c";
  pen.lineJoin = "round";
  for (const stroke of [true, false]) {
    pen.beginPath();
    pen.rect(12, 4, 5, 56);
    pen.moveTo(17, 5);
    pen.lineTo(54, 18);
    pen.lineTo(17, 32);
    pen.closePath();
    if (stroke) pen.stroke();
    else pen.fill();
  }
}

function arrow(pen) {
  pen.fillStyle = "#12376b";
  pen.beginPath();
  pen.moveTo(8, 6);
  pen.lineTo(42, 24);
  pen.lineTo(8, 42);
  pen.lineTo(17, 24);
  pen.closePath();
  pen.fill();
}

export function addMarks(map) {
  map.addImage("flag", drawn(64, flag), { pixelRatio: 2 });
  map.addImage("arrow", drawn(48, arrow), { pixelRatio: 2.4 });
}
